import { describe, expect, it } from "vitest";
import { describeError } from "./provider-errors";
import { classifyResendFailure } from "./resend-failure";
import type { SendFailure } from "./send-failure";

const base: SendFailure = {
  httpStatus: null,
  code: null,
  message: "words of the provider",
  retryAfter: null,
  isBeforeRequest: false,
};
const of = (values: Partial<SendFailure>) => classifyResendFailure({ ...base, ...values });

describe("classifyResendFailure", () => {
  it.each<[number, string, string, string, "account" | "sender" | "message"]>([
    [401, "missing_api_key", "Missing API Key", "email_key", "account"],
    [401, "restricted_api_key", "restricted to another domain", "email_key", "account"],
    [403, "invalid_api_key", "API key is invalid", "email_key", "account"],
    [401, "validation_error", "API key is invalid", "email_key", "account"],
    [400, "validation_error", "API key is invalid", "email_key", "account"],
    [403, "something_new", "no", "email_key", "account"],
    [403, "suspended_api_key", "no", "email_suspended", "account"],
    [403, "validation_error", "This account is suspended.", "email_suspended", "account"],
    [429, "daily_quota_exceeded", "used up", "email_quota", "account"],
    [429, "monthly_quota_exceeded", "used up", "email_quota", "account"],
    [404, "not_found", "no such place", "email_server", "account"],
    [405, "method_not_allowed", "no", "email_server", "account"],
    [403, "validation_error", "The a.test domain is not verified.", "email_sender", "sender"],
    [403, "validation_error", "You can only send testing emails to", "email_sender", "sender"],
    [422, "invalid_from_address", "Invalid `from` field.", "email_sender", "sender"],
    [422, "validation_error", "Invalid `from` field.", "email_sender", "sender"],
    [422, "validation_error", "Invalid `to` field.", "email_recipient", "message"],
    [422, "invalid_to_address", "no", "email_recipient", "message"],
    [422, "missing_required_field", "Missing `subject` field.", "email_refused", "message"],
    [422, "invalid_attachment", "no", "email_refused", "message"],
    [400, "invalid_idempotency_key", "too long", "email_refused", "message"],
    [451, "security_error", "no", "email_refused", "message"],
  ])("%i %s “%s” is %s, of the %s", (httpStatus, code, message, ours, scope) => {
    const fault = scope === "message" ? "permanent" : "configuration";
    const outcome = of({ httpStatus, code, message });
    expect(outcome).toMatchObject({ kind: "rejected", fault, code: ours, httpStatus });
    expect(describeError(ours)).toMatchObject({ class: fault, scope });
  });

  it("a rate limit was never processed", () => {
    const limited = { httpStatus: 429, code: "rate_limit_exceeded", retryAfter: 2 };
    expect(of(limited)).toMatchObject({ kind: "retry", isThrottle: true, retryAfter: 2 });
    expect(of({ httpStatus: 429 })).toMatchObject({ kind: "retry", isThrottle: true });
  });

  it.each<[string, Partial<SendFailure>]>([
    ["a server's fault", { httpStatus: 500, code: "internal_server_error" }],
    ["a proxy's page", { httpStatus: 403 }],
    ["a time-out told by HTTP", { httpStatus: 408, code: "x" }],
    ["the same key with another mail", { httpStatus: 409, code: "invalid_idempotent_request" }],
    ["the same key under way", { httpStatus: 409, code: "concurrent_idempotent_requests" }],
    ["an answer without an id", { httpStatus: 200 }],
    ["silence", { code: "ETIMEDOUT" }],
    ["a reset", { code: "ECONNRESET" }],
  ])("%s leaves open whether it was sent", (_, values) => {
    expect(of(values).kind).toBe("unknown");
  });

  it("nothing was sent where there was no connection", () => {
    for (const code of ["ENOTFOUND", "ECONNREFUSED", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]) {
      expect(of({ code }).kind).toBe("unreachable");
    }
    expect(of({ code: "CERT_HAS_EXPIRED", isBeforeRequest: true }).kind).toBe("unreachable");
  });
});
