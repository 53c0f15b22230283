import { and, asc, eq, isNull, ne } from "drizzle-orm";
import type { Channel } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { accounts, integrations, integrationViewers, memberships, workspaces } from "../schema";

type InWorkspace = { workspaceId: WorkspaceId };
type OfIntegration = InWorkspace & { id: string };

/** Changes of a workspace's senders wait for each other, so that there is exactly one default a type. */
export async function lockWorkspaceSenders(db: Database, workspaceId: WorkspaceId) {
  const [row] = await db
    .select({ defaultCountry: workspaces.defaultCountry })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for("no key update");
  return row ?? null;
}

export async function insertAccount(db: Database, row: typeof accounts.$inferInsert) {
  await db.insert(accounts).values(row);
}

export async function updateAccount(
  db: Database,
  key: OfIntegration,
  values: Partial<
    Pick<
      typeof accounts.$inferInsert,
      | "tokenSealed"
      | "nextTokenSealed"
      | "webhookSecretSealed"
      | "apiOrigin"
      | "isSystem"
      | "breakerUntil"
      | "breakerFailures"
    >
  > & { updatedAt: Date },
) {
  await db
    .update(accounts)
    .set(values)
    .where(and(eq(accounts.workspaceId, key.workspaceId), eq(accounts.id, key.id)));
}

/** @returns false when (account SID, type, sender) is taken, in whichever workspace. */
export async function insertIntegration(db: Database, row: typeof integrations.$inferInsert) {
  const rows = await db
    .insert(integrations)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: integrations.id });
  return rows.length > 0;
}

export async function updateIntegrationRow(
  db: Database,
  key: OfIntegration,
  values: Partial<
    Pick<
      typeof integrations.$inferInsert,
      | "name"
      | "sender"
      | "messagingServiceSid"
      | "pacePerSecond"
      | "isActive"
      | "isDefault"
      | "defaultCountry"
      | "isVisibleToAll"
      | "deletedAt"
    >
  > & { updatedAt: Date },
) {
  await db
    .update(integrations)
    .set(values)
    .where(and(eq(integrations.workspaceId, key.workspaceId), eq(integrations.id, key.id)));
}

/** Is that sender of the account in use by another integration, in whichever workspace? */
export async function isSenderTaken(
  db: Database,
  input: { accountSid: string | null; type: Channel; sender: string; exceptId: string },
) {
  if (input.accountSid === null) return false;
  const rows = await db
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      and(
        eq(integrations.accountSid, input.accountSid),
        eq(integrations.type, input.type),
        eq(integrations.sender, input.sender),
        ne(integrations.id, input.exceptId),
        isNull(integrations.deletedAt),
      ),
    );
  return rows.length > 0;
}

export async function clearDefault(db: Database, input: InWorkspace & { type: Channel }) {
  await db
    .update(integrations)
    .set({ isDefault: false })
    .where(
      and(
        eq(integrations.workspaceId, input.workspaceId),
        eq(integrations.type, input.type),
        eq(integrations.isDefault, true),
      ),
    );
}

/** Is there a default sender of this type? */
export async function hasDefault(db: Database, input: InWorkspace & { type: Channel }) {
  const rows = await db
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      and(
        eq(integrations.workspaceId, input.workspaceId),
        eq(integrations.type, input.type),
        eq(integrations.isDefault, true),
        isNull(integrations.deletedAt),
      ),
    );
  return rows.length > 0;
}

/** Where the default of a type has gone, the oldest active sender takes its place. */
export async function promoteDefault(db: Database, input: InWorkspace & { type: Channel }) {
  const [oldest] = await db
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      and(
        eq(integrations.workspaceId, input.workspaceId),
        eq(integrations.type, input.type),
        eq(integrations.isActive, true),
        isNull(integrations.deletedAt),
      ),
    )
    .orderBy(asc(integrations.createdAt), asc(integrations.id))
    .limit(1);
  if (!oldest) return;
  await db.update(integrations).set({ isDefault: true }).where(eq(integrations.id, oldest.id));
}

/** Who may see a number that not everybody may: exactly these members. */
export async function replaceViewers(
  db: Database,
  input: InWorkspace & { integrationId: string; userIds: readonly string[] },
) {
  const { workspaceId, integrationId } = input;
  await db
    .delete(integrationViewers)
    .where(
      and(
        eq(integrationViewers.workspaceId, workspaceId),
        eq(integrationViewers.integrationId, integrationId),
      ),
    );
  const members = await listMemberIds(db, workspaceId);
  const userIds = [...new Set(input.userIds)].filter((id) => members.includes(id));
  if (userIds.length === 0) return;
  await db
    .insert(integrationViewers)
    .values(userIds.map((userId) => ({ workspaceId, integrationId, userId })));
}

export async function listMemberIds(db: Database, workspaceId: WorkspaceId) {
  const rows = await db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(eq(memberships.workspaceId, workspaceId));
  return rows.map(({ userId }) => userId);
}
