import { asc, eq } from "drizzle-orm";
import type { Database } from "../../client";
import { workspaces } from "../../schema";

export async function findWorkspaceBySlug(db: Database, slug: string) {
  const [row] = await db.select().from(workspaces).where(eq(workspaces.slug, slug));
  return row ?? null;
}

/** Where the "system" integration of the environment lives; null while there is no workspace. */
export async function findOldestWorkspace(db: Database) {
  const [row] = await db
    .select()
    .from(workspaces)
    .orderBy(asc(workspaces.createdAt), asc(workspaces.id))
    .limit(1);
  return row ?? null;
}

export async function listWorkspaces(db: Database) {
  return db
    .select({
      id: workspaces.id,
      slug: workspaces.slug,
      name: workspaces.name,
      isDemo: workspaces.isDemo,
    })
    .from(workspaces)
    .orderBy(asc(workspaces.createdAt), asc(workspaces.id));
}
