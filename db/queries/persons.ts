import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { addresses, consents, conversations, memberships, persons } from "../schema";
import { type Cursor, encodeCursor } from "./cursor";
import { personMatches } from "./person-search";

export type PersonAddress = { kind: "phone" | "whatsapp" | "email"; value: string };

export type Contact = typeof persons.$inferSelect & {
  addresses: PersonAddress[];
  /** The user this person is, when they sign in. */
  userId: string | null;
};

/** A person of the workspace with their addresses; null when there is none of that id. */
export async function findContact(
  db: Database,
  workspaceId: WorkspaceId,
  id: string,
): Promise<Contact | null> {
  const [found] = await selectContacts(db, and(inWorkspace(workspaceId), eq(persons.id, id)), 1);
  if (!found) return null;
  const { cursorAt: _, ...contact } = found;
  return contact;
}

/** People outside, newest first; users of the workspace are not among them. */
export async function listContacts(
  db: Database,
  workspaceId: WorkspaceId,
  query: { q?: string | null; cursor?: Cursor | null; limit?: number },
): Promise<{ contacts: Contact[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const { cursor } = query;
  const rows = await selectContacts(
    db,
    and(
      inWorkspace(workspaceId),
      isNull(memberships.personId),
      personMatches(query.q ?? ""),
      cursor
        ? sql`(${persons.createdAt}, ${persons.id}) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
        : undefined,
    ),
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    contacts: shown.map(({ cursorAt: _, ...contact }) => contact),
    nextCursor:
      rows.length > limit && last ? encodeCursor({ at: last.cursorAt, id: last.id }) : null,
  };
}

/** Who holds these addresses already: `kind value` → person. */
export async function ownersOfAddresses(
  db: Database,
  workspaceId: WorkspaceId,
  wanted: readonly PersonAddress[],
): Promise<Map<string, string>> {
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select({ kind: addresses.kind, value: addresses.value, personId: addresses.personId })
    .from(addresses)
    .where(
      and(
        eq(addresses.workspaceId, workspaceId),
        inArray(
          addresses.value,
          wanted.map((address) => address.value),
        ),
      ),
    );
  return new Map(rows.map((row) => [`${row.kind} ${row.value}`, row.personId]));
}

/** The values of a person's addresses, oldest first. */
export async function addressesOf(
  db: Database,
  workspaceId: WorkspaceId,
  personId: string,
): Promise<PersonAddress[]> {
  return db
    .select({ kind: addresses.kind, value: addresses.value })
    .from(addresses)
    .where(and(eq(addresses.workspaceId, workspaceId), eq(addresses.personId, personId)))
    .orderBy(addresses.createdAt, addresses.id);
}

/** What keeps a person from being deleted; null when nothing does. */
export async function whatHoldsPerson(
  db: Database,
  workspaceId: WorkspaceId,
  personId: string,
): Promise<"user" | "history" | null> {
  const [row] = await db.execute<{ isUser: boolean; hasHistory: boolean }>(sql`
    select
      exists (select 1 from ${memberships} where ${memberships.personId} = ${personId}) as "isUser",
      exists (select 1 from ${conversations} where ${conversations.personId} = ${personId})
        or exists (select 1 from ${consents} where ${consents.workspaceId} = ${workspaceId}
          and ${consents.personId} = ${personId}) as "hasHistory"
    where exists (select 1 from ${persons}
      where ${persons.workspaceId} = ${workspaceId} and ${persons.id} = ${personId})`);
  if (row?.isUser) return "user";
  return row?.hasHistory ? "history" : null;
}

function inWorkspace(workspaceId: WorkspaceId): SQL {
  return eq(persons.workspaceId, workspaceId);
}

async function selectContacts(db: Database, where: SQL | undefined, limit: number) {
  const known = sql<PersonAddress[]>`(
    select coalesce(json_agg(json_build_object('kind', a.kind, 'value', a.value) order by a.created_at, a.id), '[]')
    from addresses a where a.person_id = ${persons.id})`;
  const rows = await db
    .select({
      person: persons,
      cursorAt: sql<string>`${persons.createdAt}::text`,
      addresses: known,
      userId: memberships.userId,
    })
    .from(persons)
    .leftJoin(memberships, eq(memberships.personId, persons.id))
    .where(where)
    .orderBy(sql`${persons.createdAt} desc nulls last`, sql`${persons.id} desc nulls last`)
    .limit(limit);
  return rows.map(({ person, ...rest }) => ({ ...person, ...rest }));
}
