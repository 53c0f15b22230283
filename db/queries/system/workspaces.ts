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

/** Does this server serve one workspace alone? */
export async function isOnlyWorkspace(db: Database): Promise<boolean> {
  const rows = await db.select({ id: workspaces.id }).from(workspaces).limit(2);
  return rows.length < 2;
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
