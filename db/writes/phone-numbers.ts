import { and, eq, exists, ne, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import {
  addresses,
  conversations,
  deliveries,
  digests,
  memberships,
  notifications,
  persons,
  preferences,
} from "../schema";

type InWorkspace = { workspaceId: WorkspaceId };

/** Who holds a phone number, and whether they are a member; the row stays locked until the commit. */
export async function lockPhoneHolder(db: Database, input: InWorkspace & { value: string }) {
  const [row] = await db
    .select({ personId: addresses.personId, memberUserId: memberships.userId })
    .from(addresses)
    .leftJoin(memberships, eq(memberships.personId, addresses.personId))
    .where(
      and(
        eq(addresses.workspaceId, input.workspaceId),
        eq(addresses.kind, "phone"),
        eq(addresses.value, input.value),
      ),
    )
    .for("update", { of: addresses });
  return row ?? null;
}

export async function deletePhonesOf(
  db: Database,
  input: InWorkspace & { personId: string; except?: string },
) {
  await db
    .delete(addresses)
    .where(
      and(
        eq(addresses.workspaceId, input.workspaceId),
        eq(addresses.personId, input.personId),
        eq(addresses.kind, "phone"),
        input.except ? ne(addresses.value, input.except) : undefined,
        notExists(twinsOf(db, input.personId)),
      ),
    );
}

/** A WhatsApp number is a phone number too, by which its person is recognised: it is not theirs for calls. */
function twinsOf(db: Database, personId: string) {
  const twin = alias(addresses, "twin");
  return db
    .select({ id: twin.id })
    .from(twin)
    .where(
      and(eq(twin.personId, personId), eq(twin.kind, "whatsapp"), eq(twin.value, addresses.value)),
    );
}

/** @returns false when somebody took the number in the meantime. */
export async function insertPhone(db: Database, row: typeof addresses.$inferInsert) {
  const rows = await db
    .insert(addresses)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: addresses.id });
  return rows.length > 0;
}

/** Does anything in the inbox hang on this person? */
export async function personHasConversations(
  db: Database,
  input: InWorkspace & { personId: string },
) {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.workspaceId, input.workspaceId),
        eq(conversations.personId, input.personId),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/**
 * Makes one of two records of the same human: the addresses move with what the person chose and was told,
 * the emptied record goes.
 */
export async function mergeIntoPerson(
  db: Database,
  input: InWorkspace & { from: string; to: string; name: string; at: Date },
) {
  await db
    .update(addresses)
    .set({ personId: input.to })
    .where(and(eq(addresses.workspaceId, input.workspaceId), eq(addresses.personId, input.from)));
  await db
    .update(memberships)
    .set({ personId: input.to })
    .where(
      and(eq(memberships.workspaceId, input.workspaceId), eq(memberships.personId, input.from)),
    );
  await moveNotifications(db, input);
  await db
    .update(persons)
    .set({ name: input.name, updatedAt: input.at })
    .where(and(eq(persons.workspaceId, input.workspaceId), eq(persons.id, input.to)));
  await db
    .delete(persons)
    .where(and(eq(persons.workspaceId, input.workspaceId), eq(persons.id, input.from)));
}

type Merge = InWorkspace & { from: string; to: string; at: Date };

/** What they chose counts from now on; their open digests take no more, and are let go as they are. */
async function moveNotifications(db: Database, { workspaceId, from, to, at }: Merge) {
  const chosen = db
    .select({ id: preferences.personId })
    .from(preferences)
    .where(eq(preferences.personId, from));
  await db
    .delete(preferences)
    .where(
      and(eq(preferences.workspaceId, workspaceId), eq(preferences.personId, to), exists(chosen)),
    );
  const theirs = { personId: to };
  await db
    .update(preferences)
    .set(theirs)
    .where(and(eq(preferences.workspaceId, workspaceId), eq(preferences.personId, from)));
  await db
    .update(digests)
    .set({ ...theirs, closedAt: sql`coalesce(${digests.closedAt}, ${at.toISOString()})` })
    .where(and(eq(digests.workspaceId, workspaceId), eq(digests.personId, from)));
  for (const table of [notifications, deliveries]) {
    await db
      .update(table)
      .set(theirs)
      .where(and(eq(table.workspaceId, workspaceId), eq(table.personId, from)));
  }
}

/** Keeps what search looks through in step with the addresses. */
export async function updateSearchText(
  db: Database,
  input: InWorkspace & { personId: string; searchText: string },
) {
  await db
    .update(persons)
    .set({ searchText: input.searchText })
    .where(and(eq(persons.workspaceId, input.workspaceId), eq(persons.id, input.personId)));
}

export async function listAddressesOf(db: Database, input: InWorkspace & { personId: string }) {
  const rows = await db
    .select({ value: addresses.value })
    .from(addresses)
    .where(
      and(eq(addresses.workspaceId, input.workspaceId), eq(addresses.personId, input.personId)),
    );
  return rows.map((row) => row.value);
}
