import { describe, expect, it } from "vitest";
import { describeError } from "./provider-errors";
import { classifySmtpFailure, type SmtpFailure } from "./smtp-failure";

const of = (stage: SmtpFailure["stage"], message = "", hasBegun = false) => {
  const reply = Number(/^\d{3}/.exec(message)?.[0]);
  return classifySmtpFailure({ stage, reply: reply || null, message, hasBegun });
};

describe("classifySmtpFailure", () => {
  it.each<[SmtpFailure["stage"], string, string, "account" | "sender" | "message"]>([
    ["login", "535 5.7.8 Bad credentials", "email_login", "account"],
    ["login", "", "email_login", "account"],
    ["sender", "530 5.7.0 Authentication required", "email_login", "account"],
    ["recipient", "554 5.7.1 Relay access denied", "email_login", "account"],
    ["sender", "553 5.7.1 Not your address", "email_sender", "sender"],
    ["sender", "550 Unknown sender", "email_sender", "sender"],
    ["sender", "552 5.3.4 Too big", "email_refused", "message"],
    ["recipient", "550 5.1.1 No such user", "email_recipient", "message"],
    ["recipient", "552 5.2.2 Mailbox full", "email_recipient", "message"],
    ["recipient", "554 5.7.1 Blocked by a list", "email_refused", "message"],
    ["message", "554 5.7.1 Spam", "email_refused", "message"],
    ["limits", "Message size larger than allowed", "email_refused", "message"],
  ])("%s “%s” is %s, of the %s", (stage, message, code, scope) => {
    const fault = scope === "message" ? "permanent" : "configuration";
    const outcome = of(stage, message, stage === "message");
    expect(outcome).toMatchObject({ kind: "rejected", fault, code, message });
    expect(describeError(code)).toMatchObject({ class: fault, scope });
  });

  it.each(["421 4.3.2 Going down", "450 4.2.0 Greylisted", "451 Local error", "452 4.2.2 Full"])(
    "“%s” is tried again and counts",
    (message) => {
      for (const stage of ["sender", "recipient", "message"] as const) {
        const again = { kind: "retry", isThrottle: false, code: "email_later" };
        expect(of(stage, message, stage === "message")).toMatchObject(again);
      }
    },
  );

  it.each(["450 4.7.1 Rate limit exceeded", "421 Too many connections", "451 throttled"])(
    "“%s” does not count",
    (message) => {
      expect(of("sender", message)).toMatchObject({ kind: "retry", isThrottle: true });
    },
  );

  it("what was lost before the content began to leave was not sent", () => {
    expect(of("connection", "connect ECONNREFUSED").kind).toBe("unreachable");
    expect(of("recipient", "").kind).toBe("unreachable");
    expect(of("login", "454 4.7.0 Try again later").kind).toBe("unreachable");
  });

  it("what was lost after that may have been sent, whatever the server said as it left", () => {
    expect(of("connection", "Connection closed unexpectedly", true).kind).toBe("unknown");
    expect(of("connection", "421 bye", true).kind).toBe("unknown");
    expect(of("message", "", true).kind).toBe("unknown");
  });
});
