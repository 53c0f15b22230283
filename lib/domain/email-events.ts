import { EMAIL_CODES } from "./email-codes";
import type { MessageStatus } from "./words";

export type EmailEvent = {
  /** null: the word says nothing (new) about an outbound mail. */
  readonly status: MessageStatus | null;
  /** A key of `errors.provider`; null: no fault. */
  readonly errorCode: string | null;
  /** The person has told their mail provider that it is spam. */
  readonly isComplaint: boolean;
};

/**
 * What a word of Resend's means for a mail of ours (reference §12): a webhook's `type`
 * (`email.bounced`) or a mail's `last_event` (`bounced`). Words that are new say nothing.
 */
export function readEmailEvent(type: string): EmailEvent {
  switch (type.replace(/^email\./, "")) {
    case "sent":
      return said("sent");
    case "delivered":
      return said("delivered");
    case "opened":
    case "clicked":
      return said("read");
    case "complained":
      return { ...said("delivered"), isComplaint: true };
    case "bounced":
      return said("undelivered", EMAIL_CODES.bounced);
    case "suppressed":
      return said("undelivered", EMAIL_CODES.suppressed);
    case "failed":
      return said("failed", EMAIL_CODES.failed);
    case "canceled":
      return said("failed", EMAIL_CODES.canceled);
    default:
      return said(null);
  }
}

function said(status: MessageStatus | null, errorCode: string | null = null): EmailEvent {
  return { status, errorCode, isComplaint: false };
}
