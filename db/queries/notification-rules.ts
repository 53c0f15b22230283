import { asc, eq, sql } from "drizzle-orm";
import { buildRegistry, type KeptType } from "../../lib/domain/notification-types/registry";
import type { Channel, Provider } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { type Given, rememberQuery } from "../remember-query";
import { notificationTypes, workspaces } from "../schema";
import { KEPT_TYPE } from "./notification-types";

const RULES = {
  zone: workspaces.timeZone,
  locale: workspaces.locale,
  defaultCountry: workspaces.defaultCountry,
  demandsVerified: workspaces.demandsVerified,
  workingHours: workspaces.workingHours,
  aggregationSeconds: workspaces.aggregationSeconds,
  watchesFrequency: workspaces.watchesFrequency,
  frequencyAlerts: workspaces.frequencyAlerts,
  frequencySeconds: workspaces.frequencySeconds,
  apiPerMinute: workspaces.apiPerMinute,
  apiPerRecipientHour: workspaces.apiPerRecipientHour,
  apiPerRecipientDay: workspaces.apiPerRecipientDay,
};

/** The sender of a channel: its default, else its oldest. */
export type ChannelSender = {
  id: string;
  type: Channel;
  provider: Provider;
  hasCredentials: boolean;
};

const senders = sql<ChannelSender[]>`(
  select coalesce(json_agg(s), '[]') from (
    select distinct on (i.type) i.id, i.type, a.provider,
      a.sid is not null and a.token_sealed is not null as "hasCredentials"
    from integrations i join accounts a on a.id = i.account_id
    where i.workspace_id = ${workspaces.id} and i.is_active and i.deleted_at is null
    order by i.type, i.is_default desc, i.created_at
  ) s)`;

/** What there are active words of the workspace's own about. */
const wordedEvents = sql<string[]>`(
  select coalesce(json_agg(distinct t.event), '[]') from templates t
  where t.workspace_id = ${workspaces.id} and t.is_active)`;

const rulesAndTypesOf = rememberQuery((db, given: Given<"workspaceId">) =>
  db
    .select({ rules: RULES, brand: workspaces.name, senders, wordedEvents, type: KEPT_TYPE })
    .from(workspaces)
    .leftJoin(notificationTypes, eq(notificationTypes.workspaceId, workspaces.id))
    .where(eq(workspaces.id, given("workspaceId")))
    .orderBy(asc(notificationTypes.key)),
);

export type NotificationRules = Awaited<ReturnType<typeof findNotificationRules>>;

/**
 * What the workspace says about the notifications of all, as the gates ask it, with its types, the sender
 * of each channel that has an active one, and the events that it has words of its own about, by one query.
 * `frequency` is null where nobody wants to know.
 */
export async function findNotificationRules(db: Database, workspaceId: WorkspaceId) {
  const rows = await rulesAndTypesOf(db, { workspaceId });
  const [first] = rows;
  if (!first) throw new Error("a workspace id is of a workspace");
  const {
    watchesFrequency,
    frequencyAlerts: alerts,
    frequencySeconds: seconds,
    ...rest
  } = first.rules;
  const { apiPerMinute, apiPerRecipientHour, apiPerRecipientDay, ...rules } = rest;
  const types = buildRegistry(rows.flatMap(({ type }): KeptType[] => (type ? [type] : [])));
  return {
    ...rules,
    frequency: watchesFrequency ? { alerts, seconds } : null,
    apiLimits: {
      perMinute: apiPerMinute,
      perRecipientHour: apiPerRecipientHour,
      perRecipientDay: apiPerRecipientDay,
    },
    brand: first.brand,
    senders: first.senders,
    wordedEvents: first.wordedEvents,
    types,
    inactiveTypes: types.flatMap(({ key, isActive }) => (isActive ? [] : [key])),
  };
}

/** The same without the types, as its administrators set it. */
export async function findNotificationSettings(db: Database, workspaceId: WorkspaceId) {
  const [row] = await db.select(RULES).from(workspaces).where(eq(workspaces.id, workspaceId));
  if (!row) throw new Error("a workspace id is of a workspace");
  return {
    timeZone: row.zone,
    demandsVerified: row.demandsVerified,
    workingHours: row.workingHours,
    aggregationSeconds: row.aggregationSeconds,
    highFrequency: {
      isOn: row.watchesFrequency,
      alerts: row.frequencyAlerts,
      seconds: row.frequencySeconds,
    },
    apiLimits: {
      perMinute: row.apiPerMinute,
      perRecipientHour: row.apiPerRecipientHour,
      perRecipientDay: row.apiPerRecipientDay,
    },
  };
}
