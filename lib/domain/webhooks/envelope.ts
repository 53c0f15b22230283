import type { WebhookType } from "./events";

/** What is sent: `{ type, timestamp, data }` (Standard Webhooks, "Payload structure"). */
export type WebhookEnvelope = {
  readonly type: WebhookType;
  /** When it happened, ISO 8601 in UTC; when it is sent stands in the headers. */
  readonly timestamp: string;
  /** The thing as the public API shows it. */
  readonly data: Readonly<Record<string, unknown>>;
};

/**
 * The body of a webhook as JSON text. It is written once, kept, and signed and sent as it is by every
 * attempt: a signature holds for these bytes only.
 */
export function writeWebhookBody(happened: {
  event: WebhookType;
  occurredAt: Date;
  data: WebhookEnvelope["data"];
}): string {
  const envelope: WebhookEnvelope = {
    type: happened.event,
    timestamp: happened.occurredAt.toISOString(),
    data: happened.data,
  };
  return JSON.stringify(envelope);
}
