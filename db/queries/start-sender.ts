import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { maySeeIntegration, type Scope } from "../../lib/domain/viewer";
import type { Channel } from "../../lib/domain/words";
import type { Database } from "../client";
import { integrations, workspaces } from "../schema";

export type StartSender = { id: string; type: Channel; country: string };

/** Which number a new conversation is to leave from: one by id, or a channel's default. */
export type SenderChoice = { integrationId: string } | { channel: Channel };

/**
 * A number within the scope, with the country in which national numbers are read. Of a channel: the
 * default one, else the oldest that is switched on. null: there is none, or it may not be seen.
 */
export async function findStartSender(
  db: Database,
  scope: Scope,
  choice: SenderChoice,
): Promise<StartSender | null> {
  const rows = await db
    .select({
      id: integrations.id,
      type: integrations.type,
      country: sql<string>`coalesce(${integrations.defaultCountry}, ${workspaces.defaultCountry})`,
    })
    .from(integrations)
    .innerJoin(workspaces, eq(workspaces.id, integrations.workspaceId))
    .where(
      and(
        eq(integrations.workspaceId, scope.workspaceId),
        isNull(integrations.deletedAt),
        "integrationId" in choice
          ? eq(integrations.id, choice.integrationId)
          : and(eq(integrations.type, choice.channel), eq(integrations.isActive, true)),
      ),
    )
    .orderBy(sql`${integrations.isDefault} desc`, asc(integrations.createdAt));
  return rows.find((row) => maySeeIntegration(scope, row.id)) ?? null;
}
