import { EMAIL_CODES } from "./email-codes";
import { classifyFailure, type FailureOutcome, type SendFailure } from "./send-failure";

const QUOTAS = new Set(["daily_quota_exceeded", "monthly_quota_exceeded"]);
const KEY_FAULTS = new Set(["missing_api_key", "invalid_api_key", "restricted_api_key"]);
/** Resend names a key that is wrong `validation_error` as well, with 400, 401 or 403. */
const WRONG_KEY = /\bapi key is invalid\b/i;
const SUSPENDED = /\bsuspended\b/i;
/** 403 `validation_error`: the domain, or a trial that may write to its owner only. */
const SENDER_FAULT = /domain is not verified|testing emails|[`'"]from[`'"]/i;
const RECIPIENT_FAULT = /[`'"]to[`'"]/i;

/**
 * Sorts a failed send at Resend (Sending 5, reference §12). The same key is tried again after an
 * `unknown`, so it is the answer wherever it cannot be said that the mail did not leave: silence, 5xx,
 * answers nobody can read, and both conflicts of the idempotency key.
 *
 * @param failure `code` is the answer's `name`; null: the answer could not be read
 */
export function classifyResendFailure(failure: SendFailure): FailureOutcome {
  const { httpStatus, code, message, retryAfter } = failure;
  if (httpStatus === null || httpStatus < 400) return classifyFailure(failure);
  const told = code === null ? message : `${code}: ${message}`;
  if (code !== null && QUOTAS.has(code)) return refused(EMAIL_CODES.quota, told, httpStatus);
  if (httpStatus === 429) {
    return { kind: "retry", isThrottle: true, code: EMAIL_CODES.rate, message: told, retryAfter };
  }
  if (httpStatus >= 500 || httpStatus === 408 || httpStatus === 409 || code === null) {
    return { kind: "unknown", reason: told, httpStatus };
  }
  return refused(ourCode(httpStatus, code, message), told, httpStatus);
}

/** Is it the key that Resend did not take? For answers of every endpoint. */
export function isKeyFault(httpStatus: number, code: string, message: string): boolean {
  return httpStatus === 401 || KEY_FAULTS.has(code) || WRONG_KEY.test(message);
}

function ourCode(httpStatus: number, code: string, message: string): string {
  if (code === "suspended_api_key") return EMAIL_CODES.suspended;
  if (isKeyFault(httpStatus, code, message)) return EMAIL_CODES.key;
  if (httpStatus === 403 && SUSPENDED.test(message)) return EMAIL_CODES.suspended;
  if (code === "invalid_from_address" || SENDER_FAULT.test(message)) return EMAIL_CODES.sender;
  if (httpStatus === 403) {
    return code === "validation_error" ? EMAIL_CODES.sender : EMAIL_CODES.key;
  }
  if (code === "invalid_to_address" || RECIPIENT_FAULT.test(message)) return EMAIL_CODES.recipient;
  // Not Resend's API that answers there.
  if (httpStatus === 404 || httpStatus === 405) return EMAIL_CODES.server;
  return EMAIL_CODES.refused;
}

function refused(code: string, message: string, httpStatus: number): FailureOutcome {
  const isPermanent = code === EMAIL_CODES.recipient || code === EMAIL_CODES.refused;
  const fault = isPermanent ? "permanent" : "configuration";
  return { kind: "rejected", fault, code, message, httpStatus };
}
