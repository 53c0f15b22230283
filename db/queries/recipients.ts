import { and, desc, eq, inArray, or, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { AddressKind, Locale } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { type Given, rememberQuery } from "../remember-query";
import {
  consents,
  conversations,
  integrations,
  memberships,
  persons,
  users,
  workspaces,
} from "../schema";
import { among, isIn, textList, uuidList } from "./among";

type Of = { workspaceId: WorkspaceId; personIds: readonly string[] };

/** An address of a person, as it stands in lists. */
export type Place = { kind: AddressKind; value: string };
export type OwnPlace = Place & { isVerified: boolean };

/** Verified ones first, then the oldest. */
const places = sql<OwnPlace[]>`(
  select coalesce(json_agg(json_build_object('kind', a.kind, 'value', a.value,
    'isVerified', a.verified_at is not null) order by a.verified_at is null, a.created_at), '[]')
  from addresses a where a.person_id = ${persons.id})`;

const recipientsOf = rememberQuery((db, given: Given<"workspaceId" | "personIds">) =>
  db
    .select({
      personId: persons.id,
      userId: users.id,
      userEmail: users.email,
      name: sql<string | null>`coalesce(${users.name}, ${persons.name})`,
      timeZone: sql<string | null>`coalesce(${users.timeZone}, ${persons.timeZone})`,
      locale: sql<Locale>`coalesce(${users.locale}, ${persons.locale}, ${workspaces.locale})`,
      places,
    })
    .from(persons)
    .innerJoin(workspaces, eq(workspaces.id, persons.workspaceId))
    .leftJoin(memberships, and(eq(memberships.personId, persons.id), memberships.isActive))
    .leftJoin(users, eq(users.id, memberships.userId))
    .where(
      and(isIn(persons.workspaceId, given("workspaceId")), among(persons.id, given("personIds"))),
    ),
);

/** Persons as they are told something, with their addresses: who signs in is asked by their account first. */
export async function findRecipients(db: Database, { workspaceId, personIds }: Of) {
  return recipientsOf(db, { workspaceId, personIds: uuidList(personIds) });
}

const standingsOf = rememberQuery((db, given: Given<"workspaceId" | "personIds">) => {
  const written = db
    .select({
      personId: conversations.personId,
      integrationId: conversations.integrationId,
      lastInboundAt: conversations.lastInboundAt,
      isOptedOut: sql<boolean>`false`,
    })
    .from(conversations)
    .where(
      and(
        isIn(conversations.workspaceId, given("workspaceId")),
        among(conversations.personId, given("personIds")),
      ),
    );
  const last = db
    .selectDistinctOn([consents.personId, consents.integrationId], {
      personId: consents.personId,
      integrationId: consents.integrationId,
      state: consents.state,
    })
    .from(consents)
    .innerJoin(
      integrations,
      and(eq(integrations.id, consents.integrationId), eq(integrations.type, consents.channel)),
    )
    .where(
      and(
        isIn(consents.workspaceId, given("workspaceId")),
        among(consents.personId, given("personIds")),
      ),
    )
    .orderBy(consents.personId, consents.integrationId, desc(consents.id))
    .as("last");
  const optedOut = db
    .select({
      personId: last.personId,
      integrationId: last.integrationId,
      lastInboundAt: sql<Date | null>`null::timestamptz`,
      isOptedOut: sql<boolean>`true`,
    })
    .from(last)
    .where(eq(last.state, "opted_out"));
  return unionAll(written, optedOut);
});

/**
 * How each person stands with each sender: when they last wrote to it, and in a row of its own whether they
 * have opted out of it, by the ledger's last word.
 */
export async function findStandings(db: Database, { workspaceId, personIds }: Of) {
  return standingsOf(db, { workspaceId, personIds: uuidList(personIds) });
}

type Named = { workspaceId: WorkspaceId; userIds: readonly string[]; logins: readonly string[] };

/** The persons of active users, named by their ids or the addresses by which they sign in. */
export async function findMembers(db: Database, { workspaceId, userIds, logins }: Named) {
  if (userIds.length + logins.length === 0) return [];
  return db
    .select({ userId: users.id, login: users.email, personId: memberships.personId })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        eq(memberships.isActive, true),
        or(among(users.id, userIds), inArray(users.email, [...logins])),
      ),
    );
}

/** The person behind an active user of the workspace; null: nobody is. */
export async function personOfMember(
  db: Database,
  { workspaceId, userId }: { workspaceId: WorkspaceId; userId: string },
): Promise<string | null> {
  const [member] = await findMembers(db, { workspaceId, userIds: [userId], logins: [] });
  return member?.personId ?? null;
}

/** Which of these persons, and persons at these addresses, there are. */
export async function findKnownPersons(
  db: Database,
  input: { workspaceId: WorkspaceId; ids: readonly string[]; at: readonly Place[] },
) {
  const { workspaceId, ids, at } = input;
  const byId = db
    .select({ id: persons.id })
    .from(persons)
    .where(and(eq(persons.workspaceId, workspaceId), among(persons.id, ids)));
  const [rows, places] = await Promise.all([
    ids.length > 0 ? byId : [],
    at.length > 0 ? personsAt(db, { workspaceId, at }) : [],
  ]);
  return {
    ids: new Set(rows.map(({ id }) => id)),
    byAddress: new Map(places.map(({ id, kind, value }) => [`${kind} ${value}`, id])),
  };
}

/** Each address by itself, so that whatever the plan it is looked up by all of its unique index. */
async function personsAt(
  db: Database,
  { workspaceId, at }: { workspaceId: WorkspaceId; at: readonly Place[] },
) {
  const kinds = textList(at.map(({ kind }) => kind));
  const values = textList(at.map(({ value }) => value));
  return db.execute<Place & { id: string }>(sql`
    select found.* from unnest(${kinds}::text[], ${values}::text[]) as given(kind, value)
    cross join lateral (
      select person_id as id, kind, value from addresses a
      where a.workspace_id = ${workspaceId} and a.kind = given.kind and a.value = given.value
      limit 1
    ) found`);
}
