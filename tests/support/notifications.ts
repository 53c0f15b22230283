import { and, eq } from "drizzle-orm";
import { deliveries, digests, messages, notifications, preferences } from "../../db/schema";
import type { Choices, Preferences } from "../../lib/domain/deciding/preferences";
import { DEFAULT_PREFERENCES } from "../../lib/domain/deciding/preferences";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { explainNotification } from "../../lib/notifications/explain-notification";
import {
  type NewNotification,
  raiseNotifications,
} from "../../lib/notifications/raise-notifications";
import type { Deps } from "../../lib/ports/deps";

type Of = { workspaceId: WorkspaceId; personId: string };

type Values = Partial<NewNotification> & { title?: string; body?: string };

/** A severe alert to a person, with what the test says otherwise. */
export function anAlert(personId: string, values: Values = {}): NewNotification {
  const { title = "Anomalie", body = "Camera 3", ...rest } = values;
  return {
    recipient: { contactId: personId },
    kind: "alert",
    type: "security.anomaly",
    category: "security",
    severity: "high",
    words: { title, body },
    subject: null,
    data: {},
    channels: ["sms"],
    isTimeSensitive: false,
    sendsImmediately: false,
    expiresAt: null,
    ...rest,
  };
}

export async function raise(deps: Deps, workspaceId: WorkspaceId, ...alerts: NewNotification[]) {
  const acting = { workspaceId, actor: { kind: "system" } as const };
  const outcome = await raiseNotifications(deps, { acting, notifications: alerts });
  if (outcome.kind === "refused") throw new Error(outcome.code);
  return outcome.raised;
}

/** `fate reason` by channel, as it would be. */
export async function explain(deps: Deps, workspaceId: WorkspaceId, notification: NewNotification) {
  const outcome = await explainNotification(deps, { workspaceId, notification, at: null });
  if (outcome.kind === "refused") throw new Error(outcome.code);
  return outcome.deliveries.map(({ decision }) => `${decision.fate} ${decision.reason}`);
}

/** Lets texts of every severity through, and what the test says besides. */
export async function prefer(
  deps: Deps,
  { workspaceId, personId }: Of,
  values: Partial<Preferences> = {},
) {
  const { mutedUntil = null, ...rest } = values;
  const low = { web: "low", email: "low", sms: "low", whatsapp: "low" } as const;
  const { mutedUntil: _, ...defaults } = DEFAULT_PREFERENCES;
  const choices: Choices = { ...defaults, minSeverity: low, ...rest };
  const set = { choices, mutedUntil, updatedAt: deps.clock.now() };
  await deps.db
    .insert(preferences)
    .values({ personId, workspaceId, ...set })
    .onConflictDoUpdate({ target: preferences.personId, set });
}

/** What a person was written, in its order. */
export async function writtenTo(deps: Deps, { workspaceId, personId }: Of) {
  return deps.db
    .select()
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.personId, personId)))
    .orderBy(messages.createdAt, messages.seq);
}

/** `fate reason` of a person's deliveries, in the order of their notifications. */
export async function fatesOf(deps: Deps, { workspaceId, personId }: Of) {
  const rows = await deps.db
    .select({ fate: deliveries.fate, reason: deliveries.reason })
    .from(deliveries)
    .innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
    .where(and(eq(deliveries.workspaceId, workspaceId), eq(deliveries.personId, personId)))
    .orderBy(notifications.createdAt, notifications.id, deliveries.channel);
  return rows.map(({ fate, reason }) => `${fate} ${reason}`);
}

export function digestsOf(deps: Deps, { workspaceId, personId }: Of) {
  return deps.db
    .select()
    .from(digests)
    .where(and(eq(digests.workspaceId, workspaceId), eq(digests.personId, personId)));
}
