import { describe, expect, it } from "vitest";
import type { SendFailure } from "./send-failure";
import {
  classifySnsFailure,
  isAccessKeyId,
  isRegion,
  isSenderId,
  regionOf,
  snsOrigin,
} from "./sns";

const failure: SendFailure = {
  httpStatus: 400,
  code: "InvalidParameterException",
  message: "no",
  retryAfter: null,
  isBeforeRequest: false,
};

describe("classifySnsFailure", () => {
  it.each([
    ["InvalidParameterException", 400, "permanent", "sns_invalid"],
    ["InvalidParameterValueException", 400, "permanent", "sns_invalid"],
    ["ValidationException", 400, "permanent", "sns_invalid"],
    ["SomethingNew", 400, "permanent", "sns_invalid"],
    ["OptedOutException", 400, "permanent", "sns_opted_out"],
    ["AuthorizationErrorException", 403, "configuration", "sns_credentials"],
    ["InvalidSecurityException", 403, "configuration", "sns_credentials"],
    ["InvalidClientTokenId", 403, "configuration", "sns_credentials"],
    ["SignatureDoesNotMatch", 403, "configuration", "sns_credentials"],
    ["AccessDeniedException", 403, "configuration", "sns_credentials"],
  ])("R205 %s is %s %s", (code, httpStatus, fault, ours) => {
    const outcome = classifySnsFailure({ ...failure, code, httpStatus });
    expect(outcome).toMatchObject({ kind: "rejected", fault, code: ours, httpStatus });
  });

  it("R205 takes throttling, by whatever name and status, as never processed", () => {
    for (const [code, httpStatus] of [
      ["ThrottledException", 429],
      ["Throttling", 400],
      ["KMSThrottlingException", 400],
      [null, 429],
    ] as const) {
      const outcome = classifySnsFailure({ ...failure, code, httpStatus, retryAfter: 3 });
      expect(outcome).toMatchObject({ kind: "retry", isThrottle: true, retryAfter: 3 });
    }
  });

  it("does not know what became of a server's fault or of silence", () => {
    const of = (values: Partial<SendFailure>) => classifySnsFailure({ ...failure, ...values }).kind;
    expect(of({ code: "InternalErrorException", httpStatus: 500 })).toBe("unknown");
    expect(of({ code: null, httpStatus: 503 })).toBe("unknown");
    expect(of({ code: null, httpStatus: 200 })).toBe("unknown");
    expect(of({ code: "ECONNRESET", httpStatus: null })).toBe("unknown");
    expect(of({ code: "AbortError", httpStatus: null })).toBe("unknown");
  });

  it("knows that nothing left where there was no connection", () => {
    for (const code of ["ENOTFOUND", "ECONNREFUSED", "EAI_AGAIN"]) {
      const outcome = classifySnsFailure({ ...failure, code, httpStatus: null });
      expect(outcome.kind).toBe("unreachable");
    }
  });
});

it("knows regions by their origins and back", () => {
  expect(regionOf(snsOrigin("eu-west-3"))).toBe("eu-west-3");
  expect(regionOf(snsOrigin("cn-north-1"))).toBe("cn-north-1");
  expect(regionOf("http://127.0.0.1:4000")).toBeNull();
  expect(regionOf(null)).toBeNull();
  expect(["eu-west-3", "us-gov-east-1", "ap-southeast-2"].every(isRegion)).toBe(true);
  expect(["", "Paris", "eu-west", "eu-west-3/x", "http://x"].some(isRegion)).toBe(false);
});

it("knows what AWS takes as access key and as sender", () => {
  expect(isAccessKeyId(`AKIA${"0".repeat(16)}`)).toBe(true);
  expect(isAccessKeyId(`AC${"0a".repeat(16)}`)).toBe(false);
  expect(["Carillon", "ABC", "Shop24"].every(isSenderId)).toBe(true);
  expect(["AB", "Much too long", "12345", "Été"].some(isSenderId)).toBe(false);
});
