import { EMAIL_CODES } from "./email-codes";
import type { FailureOutcome } from "./send-failure";

/** How far a hand-over by SMTP had come when it failed. */
export type SmtpStage =
  /** Name, connection, greeting, TLS; or the connection was lost or silent. */
  | "connection"
  | "login"
  /** MAIL FROM. */
  | "sender"
  /** RCPT TO. */
  | "recipient"
  /** DATA and what follows it. */
  | "message"
  /** Refused by our own side by the server's limits. */
  | "limits";

export type SmtpFailure = {
  readonly stage: SmtpStage;
  /** The server's reply, 400..599; null: it gave none. */
  readonly reply: number | null;
  /** Its words, the enhanced code (5.7.1) in front where there is one. */
  readonly message: string;
  /** Has any of the mail's content left? */
  readonly hasBegun: boolean;
};

/** "Authentication required", "too weak", "invalid", "encryption required" (RFC 4954). */
const LOGIN_REPLIES = new Set([530, 534, 535, 538]);
/** Only replies that say so: a 4xx of any other kind is about this mail. */
const TOO_FAST =
  /\b(rate.?limit\w*|throttl\w*|too (many|much) (messages|mails?|e-?mails?|connections|requests|concurrent)|too fast)\b/i;
const TOO_LARGE = /^552\b|\b5\.3\.4\b|\b5\.2\.3\b/;
const NO_RELAY = /\brelay/i;
/** Security or policy: nothing is said about the mailbox. */
const POLICY = /\b5\.7\.\d+\b/;

/**
 * Sorts a failed hand-over by SMTP (Sending 5; RFC 5321, 3463, 4954). What was lost after the content
 * had begun to leave may have been sent; before that nothing was. 4xx is tried again, 5xx is final.
 */
export function classifySmtpFailure(failure: SmtpFailure): FailureOutcome {
  const { stage, reply, message } = failure;
  if (stage === "limits") return refused("permanent", EMAIL_CODES.refused, message);
  if (stage === "connection") return lost(failure);
  if (stage === "login") {
    // "Try again later" of a login says nothing about the password, and nothing about this mail.
    return isTransient(reply) ? unreachable(message) : login(message);
  }
  if (reply === null) return lost(failure);
  if (isTransient(reply)) return later(message);
  if (LOGIN_REPLIES.has(reply)) return login(message);
  return classifyRefusal(stage, message);
}

function classifyRefusal(
  stage: "sender" | "recipient" | "message",
  message: string,
): FailureOutcome {
  switch (stage) {
    case "sender":
      if (TOO_LARGE.test(message)) return refused("permanent", EMAIL_CODES.refused, message);
      return refused("configuration", EMAIL_CODES.sender, message);
    case "recipient":
      if (NO_RELAY.test(message)) return login(message);
      if (POLICY.test(message)) return refused("permanent", EMAIL_CODES.refused, message);
      return refused("permanent", EMAIL_CODES.recipient, message);
    case "message":
      return refused("permanent", EMAIL_CODES.refused, message);
    default:
      return stage satisfies never;
  }
}

function isTransient(reply: number | null): boolean {
  return reply !== null && reply >= 400 && reply < 500;
}

function lost({ hasBegun, message }: SmtpFailure): FailureOutcome {
  if (!hasBegun) return unreachable(message);
  return { kind: "unknown", reason: message, httpStatus: null };
}

function unreachable(reason: string): FailureOutcome {
  return { kind: "unreachable", reason };
}

function login(message: string): FailureOutcome {
  return refused("configuration", EMAIL_CODES.login, message);
}

function refused(
  fault: "permanent" | "configuration",
  code: string,
  message: string,
): FailureOutcome {
  return { kind: "rejected", fault, code, message, httpStatus: null };
}

function later(message: string): FailureOutcome {
  const isThrottle = TOO_FAST.test(message);
  const code = isThrottle ? EMAIL_CODES.rate : EMAIL_CODES.later;
  return { kind: "retry", isThrottle, code, message, retryAfter: null };
}
