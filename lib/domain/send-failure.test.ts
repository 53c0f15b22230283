import { describe, expect, it } from "vitest";
import { describeError, ERROR_SENTENCES, knownErrorCodes } from "./provider-errors";
import { classifyFailure, type SendFailure } from "./send-failure";

const base: SendFailure = {
  httpStatus: null,
  code: null,
  message: "words of the provider",
  retryAfter: null,
  isBeforeRequest: false,
};

describe("classifyFailure", () => {
  it.each(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "UND_ERR_CONNECT_TIMEOUT"])(
    "%s was certainly not sent",
    (code) => {
      expect(classifyFailure({ ...base, code }).kind).toBe("unreachable");
    },
  );

  it("a TLS handshake that fails was certainly not sent, the same code later is unknown", () => {
    const code = "ECONNRESET";
    expect(classifyFailure({ ...base, code, isBeforeRequest: true }).kind).toBe("unreachable");
    expect(classifyFailure({ ...base, code }).kind).toBe("unknown");
  });

  it.each(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_SOCKET", "EPIPE", null])(
    "%s is unknown: perhaps sent",
    (code) => {
      expect(classifyFailure({ ...base, code }).kind).toBe("unknown");
    },
  );

  it.each([200, 201, 302, 408, 500, 502, 503])(
    "HTTP %i without a readable answer is unknown",
    (httpStatus) => {
      expect(classifyFailure({ ...base, httpStatus, code: "20500" }).kind).toBe("unknown");
    },
  );

  it("429 is a retry that does not count, whatever its code", () => {
    const outcome = classifyFailure({ ...base, httpStatus: 429, code: null, retryAfter: 7 });
    expect(outcome).toMatchObject({ kind: "retry", isThrottle: true, retryAfter: 7 });
  });

  it("a 4xx is judged by the table", () => {
    const at400 = (code: string) => classifyFailure({ ...base, httpStatus: 400, code });
    expect(at400("21211")).toMatchObject({ kind: "rejected", fault: "permanent", code: "21211" });
    expect(at400("21408")).toMatchObject({ kind: "rejected", fault: "configuration" });
    expect(at400("21611")).toMatchObject({ kind: "retry", isThrottle: false });
    expect(at400("99999")).toMatchObject({ kind: "rejected", fault: "permanent", code: "99999" });
  });

  it("R412 a 401 without a code is a configuration fault of the account", () => {
    const outcome = classifyFailure({ ...base, httpStatus: 401 });
    expect(outcome).toMatchObject({ kind: "rejected", fault: "configuration", code: "20003" });
    expect(describeError("20003").scope).toBe("account");
  });
});

describe("the table", () => {
  it("gives every code a class, a scope and a sentence of the list", () => {
    for (const code of knownErrorCodes()) {
      const meaning = describeError(code);
      expect(ERROR_SENTENCES).toContain(meaning.sentence);
      if (meaning.class !== "configuration") expect(meaning.scope).toBe("message");
    }
  });

  it("stops accounts and senders only for the codes the rules name", () => {
    const of = (scope: string) => knownErrorCodes().filter((c) => describeError(c).scope === scope);
    expect(of("account").sort()).toEqual([
      ..."10001 20003 20005 30002".split(" "),
      ..."email_key email_login email_quota email_server email_suspended".split(" "),
      "sns_credentials",
    ]);
    expect(of("sender").sort()).toEqual([
      ..."21212 21606 21659 21660 21701 21702 21703 21704 21705".split(" "),
      ..."30032 30033 30034 30035 63007 email_sender".split(" "),
    ]);
  });
});
