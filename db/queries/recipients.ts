import { and, asc, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { type Given, rememberQuery } from "../remember-query";
import {
  accounts,
  addresses,
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

const recipientsOf = rememberQuery((db, given: Given<"workspaceId" | "personIds">) =>
  db
    .select({
      personId: persons.id,
      userId: users.id,
      userEmail: users.email,
      name: sql<string | null>`coalesce(${users.name}, ${persons.name})`,
      timeZone: sql<string | null>`coalesce(${users.timeZone}, ${persons.timeZone})`,
      locale: sql<"en" | "fr">`coalesce(${users.locale}, ${persons.locale}, ${workspaces.locale})`,
    })
    .from(persons)
    .innerJoin(workspaces, eq(workspaces.id, persons.workspaceId))
    .leftJoin(memberships, and(eq(memberships.personId, persons.id), memberships.isActive))
    .leftJoin(users, eq(users.id, memberships.userId))
    .where(
      and(isIn(persons.workspaceId, given("workspaceId")), among(persons.id, given("personIds"))),
    ),
);

/** Persons as they are told something: who signs in is asked by their account first. */
export async function findRecipients(db: Database, { workspaceId, personIds }: Of) {
  return recipientsOf(db, { workspaceId, personIds: uuidList(personIds) });
}

const addressesOf = rememberQuery((db, given: Given<"workspaceId" | "personIds">) =>
  db
    .select({
      personId: addresses.personId,
      kind: addresses.kind,
      value: addresses.value,
      isVerified: sql<boolean>`${addresses.verifiedAt} is not null`,
    })
    .from(addresses)
    .where(
      and(
        isIn(addresses.workspaceId, given("workspaceId")),
        among(addresses.personId, given("personIds")),
      ),
    )
    .orderBy(asc(sql`${addresses.verifiedAt} is null`), asc(addresses.createdAt)),
);

export type AddressRow = Awaited<ReturnType<typeof findAddresses>>[number];

/** Verified ones first, then the oldest. */
export async function findAddresses(db: Database, { workspaceId, personIds }: Of) {
  return addressesOf(db, { workspaceId, personIds: uuidList(personIds) });
}

const sendersOf = rememberQuery((db, given: Given<"workspaceId">) =>
  db
    .selectDistinctOn([integrations.type], {
      id: integrations.id,
      type: integrations.type,
      provider: accounts.provider,
      hasCredentials: sql<boolean>`${accounts.sid} is not null and ${accounts.tokenSealed} is not null`,
    })
    .from(integrations)
    .innerJoin(accounts, eq(accounts.id, integrations.accountId))
    .where(
      and(
        eq(integrations.workspaceId, given("workspaceId")),
        eq(integrations.isActive, true),
        isNull(integrations.deletedAt),
      ),
    )
    .orderBy(integrations.type, desc(integrations.isDefault), asc(integrations.createdAt)),
);

export type ChannelSender = Awaited<ReturnType<typeof findChannelSenders>>[number];

/** The sender of each channel that has an active one: its default, else its oldest. */
export async function findChannelSenders(db: Database, workspaceId: WorkspaceId) {
  return sendersOf(db, { workspaceId });
}

type With = Of & { integrationIds: readonly string[] };
type GivenWith = Given<"workspaceId" | "personIds" | "integrationIds">;

const optOutsOf = rememberQuery((db, given: GivenWith) => {
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
        among(consents.integrationId, given("integrationIds")),
      ),
    )
    .orderBy(consents.personId, consents.integrationId, desc(consents.id))
    .as("last");
  return db.select().from(last).where(eq(last.state, "opted_out"));
});

/** Who has opted out of which sender: the ledger's last word. */
export async function findOptOuts(db: Database, given: With) {
  return optOutsOf(db, written(given));
}

const lastInboundOf = rememberQuery((db, given: GivenWith) =>
  db
    .select({
      personId: conversations.personId,
      integrationId: conversations.integrationId,
      at: conversations.lastInboundAt,
    })
    .from(conversations)
    .where(
      and(
        isIn(conversations.workspaceId, given("workspaceId")),
        among(conversations.personId, given("personIds")),
        among(conversations.integrationId, given("integrationIds")),
      ),
    ),
);

/** When each person last wrote to each sender. */
export async function findLastInbound(db: Database, given: With) {
  return lastInboundOf(db, written(given));
}

function written({ workspaceId, personIds, integrationIds }: With) {
  return {
    workspaceId,
    personIds: uuidList(personIds),
    integrationIds: uuidList(integrationIds),
  };
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

type Place = Pick<AddressRow, "kind" | "value">;

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
