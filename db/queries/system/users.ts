import { and, asc, eq } from "drizzle-orm";
import type { Database } from "../../client";
import { memberships, users, workspaces } from "../../schema";

/** @param email Lower case. */
export async function findUserByEmail(db: Database, email: string) {
  const [row] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      locale: users.locale,
      passwordHash: users.passwordHash,
    })
    .from(users)
    .where(eq(users.email, email));
  return row ?? null;
}

export async function findUser(db: Database, userId: string) {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  return row ?? null;
}

/** Is there anybody who could sign in at all? */
export async function hasUsers(db: Database) {
  const rows = await db.select({ id: users.id }).from(users).limit(1);
  return rows.length > 0;
}

/** Where somebody may work, the oldest membership first. */
export async function listHomesOfUser(db: Database, userId: string) {
  return db
    .select({
      workspaceId: workspaces.id,
      slug: workspaces.slug,
      name: workspaces.name,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(and(eq(memberships.userId, userId), eq(memberships.isActive, true)))
    .orderBy(asc(memberships.createdAt), asc(workspaces.name));
}
