import type { z } from "zod";
import { findNotificationRules } from "@/db/queries/notification-rules";
import type { NotificationWithDeliveries } from "@/db/queries/notifications";
import { findMember } from "@/db/queries/users";
import type { DeliveryRow } from "@/db/writes/notifications";
import { sentenceOf } from "@/lib/domain/deciding/sentence";
import type { NotificationChannel } from "@/lib/domain/deciding/words";
import { findNotificationType } from "@/lib/domain/notification-types/find-type";
import type { Caller } from "@/lib/domain/viewer";
import { hasRole, type Locale } from "@/lib/domain/words";
import { invalid } from "@/lib/http/api";
import type { Problem } from "@/lib/http/problem";
import { acceptedLocale } from "@/lib/i18n/locale";
import type { RecipientRefusal } from "@/lib/notifications/find-persons";
import { type NewNotification, raiseNotifications } from "@/lib/notifications/raise-notifications";
import { readTypes } from "@/lib/notifications/read-types";
import type { Deps } from "@/lib/ports/deps";
import { ownPerson } from "../preferences/answers";
import type { notification, raiseNotification } from "./schema";

type Context = { deps: Deps; caller: Caller; request: Request };
export type NotificationBody = z.output<NonNullable<(typeof raiseNotification)["body"]>>;

/** How a caller's fields are read; null: the workspace has no such type. */
export async function toNewNotification(
  { deps, caller }: Context,
  body: NotificationBody,
): Promise<NewNotification | null> {
  const type = findNotificationType(await readTypes(deps.db, caller.workspaceId), body.type);
  if (!type) return null;
  return {
    recipient: body.recipient,
    kind: type.kind,
    type: type.key,
    category: type.category,
    severity: body.severity ?? type.severities[0],
    words: { title: body.title, body: body.message },
    subject: body.subject ?? null,
    data: body.data,
    channels: body.channels ?? null,
    isTimeSensitive: type.isTimeSensitive,
    sendsImmediately: body.sendImmediately,
    expiresAt: body.expiresAt ?? null,
    replyCodes: body.replyCodes,
  };
}

export function unknownType(path: string): Problem {
  const message = "No such type in this workspace: GET /notification-types lists them";
  return invalid([{ path, message }], "unknown_type");
}

/** What would be too late before it is decided; null: nothing is. */
export function expiredProblem(expiresAt: Date | undefined, now: Date): Problem | null {
  if (!expiresAt || expiresAt > now) return null;
  return invalid([{ path: "expiresAt", message: "Must lie in the future" }], "already_expired");
}

export function recipientProblem({ code, message }: RecipientRefusal, path: string): Problem {
  return invalid([{ path, message }], code);
}

/** Whose notifications a caller may read; null: nobody's, since an API key is nobody. */
export async function whoseOf(
  context: Context,
  { own }: { own?: "true" | undefined } = {},
): Promise<string | "all" | null> {
  const isAll = hasRole(context.caller.role, "admin") && own !== "true";
  return isAll ? "all" : ownPerson(context);
}

type Told = {
  channel: NotificationChannel;
  fate: NotificationWithDeliveries["deliveries"][number]["fate"];
  reason: string;
  releaseAt: Date | null;
  insteadOf: DeliveryRow["insteadOf"];
};

/**
 * Writes decisions as this caller reads them: in their language, by the workspace's clock.
 *
 * @param known the workspace's zone, where it has been read already
 */
export async function deliveryWriter(context: Context, known?: string) {
  const { deps, caller } = context;
  const zone = known ?? (await findNotificationRules(deps.db, caller.workspaceId)).zone;
  const locale = await localeOf(context);
  return ({ channel, insteadOf, fate, reason, releaseAt }: Told) => ({
    channel,
    insteadOf,
    status: fate,
    reason,
    sentence: sentenceOf({ reason, channel, releaseAt, insteadOf }, { locale, zone }),
    releaseAt: releaseAt?.toISOString() ?? null,
  });
}

/** The language that the request asks for, else that of who is signed in, else English. */
export async function localeOf({ deps, caller, request }: Context): Promise<Locale> {
  const asked = acceptedLocale(request.headers.get("accept-language"));
  if (asked || caller.actor.kind !== "user") return asked ?? "en";
  const member = await findMember(deps.db, caller.workspaceId, caller.actor.userId);
  return member?.locale ?? "en";
}

type Write = Awaited<ReturnType<typeof deliveryWriter>>;

export function toDeliveries(write: Write, rows: readonly DeliveryRow[]) {
  return rows.map((row) => ({ ...write(row), messageId: row.messageId }));
}

export function toNotification(
  write: Write,
  row: NotificationWithDeliveries,
): z.input<typeof notification> {
  return {
    id: row.id,
    personId: row.personId,
    kind: row.kind,
    type: row.type,
    category: row.category,
    severity: row.severity,
    title: row.title,
    message: row.body,
    data: row.data,
    subject: row.subject,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    readAt: row.readAt?.toISOString() ?? null,
    replyCodes: [...(row.replyCodes ?? [])],
    answeredAt: row.answeredAt?.toISOString() ?? null,
    answer: row.answerAction,
    answerMessageId: row.answerMessageId,
    createdAt: row.createdAt.toISOString(),
    deliveries: toDeliveries(write, row.deliveries),
  };
}

/** Raises one, and tells what becomes of it. */
export async function answerRaised(
  context: Context,
  notification: NewNotification,
  /** The caller's field that names whom it is for. */
  recipientPath = "recipient",
) {
  const { deps, caller } = context;
  const outcome = await raiseNotifications(deps, {
    acting: caller,
    notifications: [notification],
  });
  if (outcome.kind === "refused") return { problem: recipientProblem(outcome, recipientPath) };
  const [raised] = outcome.raised;
  if (!raised) throw new Error("what was asked for is raised");
  const { id } = raised.notification;
  const deliveries = toDeliveries(await deliveryWriter(context, outcome.zone), raised.deliveries);
  const headers = { location: `/api/v1/notifications/${id}` };
  return { status: 202 as const, body: { id, deliveries }, headers };
}
