/** `failed`: given up after the last attempt of the schedule. */
export const WEBHOOK_STATUSES = ["owed", "delivered", "failed"] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** Why an endpoint is sent nothing: somebody's choice, five days of failure, or its answer 410 Gone. */
export const WEBHOOK_DISABLED_REASONS = ["by_person", "failing", "gone"] as const;
export type WebhookDisabledReason = (typeof WEBHOOK_DISABLED_REASONS)[number];

/** One try to reach an endpoint. */
export type WebhookAttempt = {
  /** When it began, ISO 8601. */
  readonly at: string;
  /** null: no answer, for the reason in `error`. */
  readonly httpStatus: number | null;
  /** Why there was no answer, such as a time-out; null: there was one. */
  readonly error: string | null;
  /** The beginning of the answer's text. */
  readonly excerpt: string | null;
  /** Milliseconds from the first byte out to the last one in. */
  readonly latencyMs: number;
};
