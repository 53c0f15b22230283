import { asc, eq } from "drizzle-orm";
import { buildRegistry, type KeptType } from "../../lib/domain/notification-types/registry";
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

const rulesAndTypesOf = rememberQuery((db, given: Given<"workspaceId">) =>
  db
    .select({ rules: RULES, type: KEPT_TYPE })
    .from(workspaces)
    .leftJoin(notificationTypes, eq(notificationTypes.workspaceId, workspaces.id))
    .where(eq(workspaces.id, given("workspaceId")))
    .orderBy(asc(notificationTypes.key)),
);

export type NotificationRules = Awaited<ReturnType<typeof findNotificationRules>>;

/**
 * What the workspace says about the notifications of all, as the gates ask it, and its types, by one query.
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
