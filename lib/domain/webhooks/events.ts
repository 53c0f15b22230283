import { MESSAGE_STATUSES } from "../words";

/**
 * What other systems can be told: full-stop delimited and grouped (Standard Webhooks, "Event types"). What
 * a name means and what its data hold never change; something new gets a new name. A message's are named
 * after its statuses, a notification's after its fates.
 */
export const WEBHOOK_EVENTS = [
  "message.received",
  "message.accepted",
  "message.sent",
  "message.delivered",
  "message.read",
  "message.undelivered",
  "message.failed",
  "message.expired",
  "message.canceled",
  "notification.queued",
  "notification.web",
  "notification.held",
  "notification.bundled",
  "notification.refused",
  "notification.expired",
  "reply_code.received",
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** What an endpoint is sent when somebody asks for it, whatever it wants else. */
export const TEST_EVENT = "webhook.test";
export type WebhookType = WebhookEvent | typeof TEST_EVENT;

const EVENT_NAMES: ReadonlySet<string> = new Set(WEBHOOK_EVENTS);

/** The statuses of which others are told; the rest are steps on our side. */
export const TOLD_STATUSES = MESSAGE_STATUSES.filter((status) =>
  EVENT_NAMES.has(`message.${status}`),
);
