import { eq } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { workspaces } from "../schema";

export async function findWorkspace(db: Database, workspaceId: WorkspaceId) {
  const [row] = await db.select().from(workspaces).where(eq(workspaces.id, workspaceId));
  return row ?? null;
}
