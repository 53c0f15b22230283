import type { ServerResponse } from "node:http";
import { sendText } from "./http";

/** A refusal of the mail API, as Resend's list of errors names them (resend.com/docs/api-reference/errors). */
export type MailError = { statusCode: number; name: string; message: string };

export const MISSING_KEY = mailError(
  401,
  "missing_api_key",
  "Missing API key in the authorization header.",
);
export const WRONG_KEY = mailError(403, "invalid_api_key", "API key is invalid.");
export const TOO_MANY = mailError(
  429,
  "rate_limit_exceeded",
  "Too many requests. You can only make 5 requests per second.",
);
export const INTERNAL = mailError(500, "internal_server_error", "An unexpected error occurred.");
export const NOT_FOUND = mailError(404, "not_found", "The requested endpoint does not exist.");
export const NO_SUCH_MAIL = mailError(404, "not_found", "Email not found");
export const WRONG_METHOD = mailError(405, "method_not_allowed", "Method is not allowed.");
export const WRONG_ID = mailError(422, "validation_error", "The `id` must be a valid UUID.");
export const WRONG_IDEMPOTENCY_KEY = mailError(
  400,
  "invalid_idempotency_key",
  "The key must be between 1-256 chars.",
);
export const OTHER_PAYLOAD = mailError(
  409,
  "invalid_idempotent_request",
  "Same idempotency key used with a different request payload.",
);
export const STILL_UNDER_WAY = mailError(
  409,
  "concurrent_idempotent_requests",
  "Same idempotency key used while original request is still in progress.",
);

export function mailError(statusCode: number, name: string, message: string): MailError {
  return { statusCode, name, message };
}

export function sendMailError(response: ServerResponse, error: MailError) {
  const headers: Record<string, string> =
    error.statusCode === 429
      ? {
          "retry-after": "1",
          "ratelimit-limit": "5",
          "ratelimit-remaining": "0",
          "ratelimit-reset": "1",
        }
      : {};
  sendText(response, error.statusCode, JSON.stringify(error), headers);
}
