import type { MessageStatus } from "../words";

/**
 * What other systems can be told: full-stop delimited and grouped (Standard Webhooks, "Event types"). What
 * a name means and what its data hold never change; something new gets a new name.
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
  "notification.answered",
  "conversation.opened",
  "conversation.resolved",
  "contact.opted_out",
  "contact.opted_in",
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** The event of a message that came to a status; null: steps on our side, of which nobody is told. */
export function eventOfStatus(status: MessageStatus): WebhookEvent | null {
  switch (status) {
    case "scheduled":
    case "queued":
    case "sending":
    case "unconfirmed":
    case "paused":
      return null;
    default:
      return `message.${status}`;
  }
}

/** Does an endpoint want an event? An empty choice wants all, those of later versions too. */
export function isWanted(event: WebhookEvent, chosen: readonly WebhookEvent[]): boolean {
  return chosen.length === 0 || chosen.includes(event);
}
