import { eq } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { workspaces } from "../schema";

/** How national numbers are read where nothing nearer says it: ISO 3166-1 alpha-2. */
export async function findWorkspaceCountry(
  db: Database,
  workspaceId: WorkspaceId,
): Promise<string> {
  const [row] = await db
    .select({ country: workspaces.defaultCountry })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  return row?.country ?? "FR";
}
