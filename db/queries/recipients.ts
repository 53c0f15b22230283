import { and, asc, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
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
import { among } from "./among";
import { findApiLimits } from "./api-limits";

type Of = { workspaceId: WorkspaceId; personIds: readonly string[] };

/** Persons as they are told something: who signs in is asked by their account first. */
export async function findRecipients(db: Database, { workspaceId, personIds }: Of) {
  return db
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
    .where(and(eq(persons.workspaceId, workspaceId), among(persons.id, personIds)));
}

export type AddressRow = Awaited<ReturnType<typeof findAddresses>>[number];

/** Verified ones first, then the oldest. */
export async function findAddresses(db: Database, { workspaceId, personIds }: Of) {
  return db
    .select({
      personId: addresses.personId,
      kind: addresses.kind,
      value: addresses.value,
      isVerified: sql<boolean>`${addresses.verifiedAt} is not null`,
    })
    .from(addresses)
    .where(and(eq(addresses.workspaceId, workspaceId), among(addresses.personId, personIds)))
    .orderBy(asc(sql`${addresses.verifiedAt} is null`), asc(addresses.createdAt));
}

export type ChannelSender = Awaited<ReturnType<typeof findChannelSenders>>[number];

/** The sender of each channel that has an active one: its default, else its oldest. */
export async function findChannelSenders(db: Database, workspaceId: WorkspaceId) {
  return db
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
        eq(integrations.workspaceId, workspaceId),
        eq(integrations.isActive, true),
        isNull(integrations.deletedAt),
      ),
    )
    .orderBy(integrations.type, desc(integrations.isDefault), asc(integrations.createdAt));
}

type With = Of & { integrationIds: readonly string[] };

/** Who has opted out of which sender: the ledger's last word. */
export async function findOptOuts(db: Database, { workspaceId, personIds, integrationIds }: With) {
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
        eq(consents.workspaceId, workspaceId),
        among(consents.personId, personIds),
        among(consents.integrationId, integrationIds),
      ),
    )
    .orderBy(consents.personId, consents.integrationId, desc(consents.id))
    .as("last");
  return db.select().from(last).where(eq(last.state, "opted_out"));
}

/** When each person last wrote to each sender. */
export async function findLastInbound(
  db: Database,
  { workspaceId, personIds, integrationIds }: With,
) {
  return db
    .select({
      personId: conversations.personId,
      integrationId: conversations.integrationId,
      at: conversations.lastInboundAt,
    })
    .from(conversations)
    .where(
      and(
        eq(conversations.workspaceId, workspaceId),
        among(conversations.personId, personIds),
        among(conversations.integrationId, integrationIds),
      ),
    );
}

/** What the workspace says about the notifications of all, as its administrators set it. */
export async function findNotificationSettings(db: Database, workspaceId: WorkspaceId) {
  const { zone: timeZone, defaultCountry: _, ...rest } = await findRow(db, workspaceId);
  const { watchesFrequency: isOn, frequencyAlerts, frequencySeconds, ...settings } = rest;
  const highFrequency = { isOn, alerts: frequencyAlerts, seconds: frequencySeconds };
  const apiLimits = await findApiLimits(db, workspaceId);
  return { ...settings, timeZone, highFrequency, apiLimits };
}

/** The same, as the gates ask it; `frequency` is null where nobody wants to know. */
export async function findNotificationRules(db: Database, workspaceId: WorkspaceId) {
  const row = await findRow(db, workspaceId);
  const { watchesFrequency, frequencyAlerts: alerts, frequencySeconds: seconds, ...rules } = row;
  return { ...rules, frequency: watchesFrequency ? { alerts, seconds } : null };
}

async function findRow(db: Database, workspaceId: WorkspaceId) {
  const [row] = await db
    .select({
      zone: workspaces.timeZone,
      defaultCountry: workspaces.defaultCountry,
      demandsVerified: workspaces.demandsVerified,
      workingHours: workspaces.workingHours,
      aggregationSeconds: workspaces.aggregationSeconds,
      watchesFrequency: workspaces.watchesFrequency,
      frequencyAlerts: workspaces.frequencyAlerts,
      frequencySeconds: workspaces.frequencySeconds,
    })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  if (!row) throw new Error("a workspace id is of a workspace");
  return row;
}

type Named = { workspaceId: WorkspaceId; userIds: readonly string[]; logins: readonly string[] };

/** The persons of active users, named by their ids or the addresses by which they sign in. */
export async function findMembers(db: Database, { workspaceId, userIds, logins }: Named) {
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
  input: { workspaceId: WorkspaceId; ids: readonly string[]; values: readonly string[] },
) {
  const { workspaceId, ids, values } = input;
  const byId = db
    .select({ id: persons.id })
    .from(persons)
    .where(and(eq(persons.workspaceId, workspaceId), among(persons.id, ids)));
  const byAddress = db
    .select({ id: addresses.personId, kind: addresses.kind, value: addresses.value })
    .from(addresses)
    .where(and(eq(addresses.workspaceId, workspaceId), inArray(addresses.value, [...values])));
  const [rows, places] = await Promise.all([ids.length > 0 ? byId : [], byAddress]);
  return {
    ids: new Set(rows.map(({ id }) => id)),
    byAddress: new Map(places.map(({ id, kind, value }) => [`${kind} ${value}`, id])),
  };
}
