import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Scope } from "../../lib/domain/viewer";

/** Rows of the workspace and of the numbers that the reader may see. */
export function withinScope(
  table: { workspaceId: PgColumn; integrationId: PgColumn },
  scope: Scope,
): SQL | undefined {
  const mine = eq(table.workspaceId, scope.workspaceId);
  if (scope.integrations === "all") return mine;
  if (scope.integrations.length === 0) return sql`false`;
  return and(mine, inArray(table.integrationId, [...scope.integrations]));
}
