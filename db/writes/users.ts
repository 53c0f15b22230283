import { and, eq } from "drizzle-orm";
import type { Role } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { addresses, memberships, persons, users, workspaces } from "../schema";

type Membership = { workspaceId: WorkspaceId; userId: string };

/** @returns false when the e-mail is somebody's already. */
export async function insertUser(db: Database, row: typeof users.$inferInsert) {
  const rows = await db
    .insert(users)
    .values(row)
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  return rows.length > 0;
}

/** A member and the person they are in this workspace, with their e-mail as an address. */
export async function insertMember(
  db: Database,
  row: Membership & {
    role: Role;
    personId: string;
    addressId: string;
    name: string;
    email: string;
    searchText: string;
    at: Date;
  },
) {
  const { workspaceId, personId, at } = row;
  await db.insert(persons).values({
    id: personId,
    workspaceId,
    name: row.name,
    searchText: row.searchText,
    createdAt: at,
    updatedAt: at,
  });
  await db
    .insert(addresses)
    .values({
      id: row.addressId,
      workspaceId,
      personId,
      kind: "email",
      value: row.email,
      raw: row.email,
      createdAt: at,
    })
    .onConflictDoNothing();
  await db.insert(memberships).values({
    workspaceId,
    userId: row.userId,
    role: row.role,
    personId,
    createdAt: at,
  });
}

/** Locks the owners of a workspace until the transaction ends, so that two of them cannot both be the last to go. */
export async function lockActiveOwners(db: Database, workspaceId: WorkspaceId) {
  const rows = await db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        eq(memberships.role, "owner"),
        eq(memberships.isActive, true),
      ),
    )
    .for("update");
  return rows.map((row) => row.userId);
}

export async function updateMembership(
  db: Database,
  key: Membership,
  values: { role?: Role; isActive?: boolean; personId?: string },
) {
  await db
    .update(memberships)
    .set(values)
    .where(and(eq(memberships.workspaceId, key.workspaceId), eq(memberships.userId, key.userId)));
}

export async function updateUser(
  db: Database,
  userId: string,
  values: Partial<
    Pick<typeof users.$inferInsert, "name" | "locale" | "theme" | "timeZone" | "passwordHash">
  >,
) {
  if (Object.keys(values).length === 0) return;
  await db.update(users).set(values).where(eq(users.id, userId));
}

/** @returns false when the slug is taken. */
export async function insertWorkspace(db: Database, row: typeof workspaces.$inferInsert) {
  const rows = await db
    .insert(workspaces)
    .values(row)
    .onConflictDoNothing({ target: workspaces.slug })
    .returning({ id: workspaces.id });
  return rows.length > 0;
}

export async function updateWorkspaceRow(
  db: Database,
  workspaceId: WorkspaceId,
  values: Partial<
    Pick<
      typeof workspaces.$inferInsert,
      | "name"
      | "locale"
      | "timeZone"
      | "defaultCountry"
      | "pacePerMinute"
      | "maxAttempts"
      | "retryDelaySeconds"
      | "demandsVerified"
      | "workingHours"
      | "aggregationSeconds"
      | "watchesFrequency"
      | "frequencyAlerts"
      | "frequencySeconds"
      | "apiPerMinute"
      | "apiPerRecipientHour"
      | "apiPerRecipientDay"
    >
  >,
) {
  if (Object.keys(values).length === 0) return;
  await db.update(workspaces).set(values).where(eq(workspaces.id, workspaceId));
}
