import { classifyFailure, type FailureOutcome, type SendFailure } from "./send-failure";

/*
 * AWS SNS as a sender of SMS (reference §11): Publish knows no idempotency, tells nothing after the
 * handover, and cannot be asked afterwards.
 */

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const ORIGIN = /^https:\/\/sns\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/;
const ACCESS_KEY_ID = /^[A-Z0-9]{16,128}$/;
/** AWS: 3 to 11 letters and digits, a letter among them. */
const SENDER_ID = /^(?=.*[A-Za-z])[A-Za-z0-9]{3,11}$/;

/** Such as `eu-west-3`. */
export function isRegion(text: string): boolean {
  return REGION.test(text);
}

export function isAccessKeyId(text: string): boolean {
  return ACCESS_KEY_ID.test(text);
}

export function isSenderId(text: string): boolean {
  return SENDER_ID.test(text);
}

/** Where a region's SNS answers: an account's `apiOrigin`. */
export function snsOrigin(region: string): string {
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://sns.${region}.${suffix}`;
}

/** The region of an account's `apiOrigin`; null: it is another server's. */
export function regionOf(apiOrigin: string | null): string | null {
  return apiOrigin === null ? null : (ORIGIN.exec(apiOrigin)?.[1] ?? null);
}

const THROTTLED = new Set([
  "Throttled",
  "Throttling",
  "KMSThrottling",
  "TooManyRequests",
  "RequestLimitExceeded",
  "SlowDown",
]);
/** Of the key, not of the message: everything of the account would fail. */
const OF_THE_ACCOUNT = new Set([
  "AuthorizationError",
  "AccessDenied",
  "InvalidSecurity",
  "InvalidClientTokenId",
  "UnrecognizedClient",
  "SignatureDoesNotMatch",
  "IncompleteSignature",
  "MissingAuthenticationToken",
  "ExpiredToken",
  "OptInRequired",
]);

/** One of ours for AWS's many names, so that each has its sentence: keys of `errors.provider`. */
export const SNS_CODES = {
  credentials: "sns_credentials",
  optedOut: "sns_opted_out",
  invalid: "sns_invalid",
  noMedia: "sns_no_media",
} as const;

/**
 * Sorts a failed Publish (Sending 5). Throttling was never processed; a server's fault (5xx) and
 * silence after the request had left may have sent it; what is wrong with the key stops the account.
 *
 * @param failure `code` is AWS's own word, with or without its `Exception`
 */
export function classifySnsFailure(failure: SendFailure): FailureOutcome {
  const { httpStatus, message, retryAfter } = failure;
  const code = failure.code?.replace(/Exception$/, "") ?? null;
  if (httpStatus === null || httpStatus < 400) return classifyFailure({ ...failure, httpStatus });
  if (httpStatus === 429 || (code !== null && THROTTLED.has(code))) {
    return { kind: "retry", isThrottle: true, code: code ?? "429", message, retryAfter };
  }
  if (httpStatus >= 500 || httpStatus === 408) {
    return { kind: "unknown", reason: `${code ?? httpStatus}: ${message}`, httpStatus };
  }
  const told = code === null ? message : `${code}: ${message}`;
  const refused = { kind: "rejected", message: told, httpStatus } as const;
  if (code !== null && OF_THE_ACCOUNT.has(code)) {
    return { ...refused, fault: "configuration", code: SNS_CODES.credentials };
  }
  const known = code === "OptedOut" ? SNS_CODES.optedOut : SNS_CODES.invalid;
  return { ...refused, fault: "permanent", code: known };
}
