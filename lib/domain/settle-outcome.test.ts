import { describe, expect, it } from "vitest";
import { DEFAULT_RETRIES } from "./retry-delay";
import { type AttemptEnd, settleOutcome } from "./settle-outcome";

const now = new Date("2026-11-20T09:00:00.000Z");

function settle(
  end: AttemptEnd,
  values: { counted?: number; lane?: "interactive" | "normal" } = {},
) {
  const { counted = 0, lane = "interactive" } = values;
  return settleOutcome({ end, lane, counted, now, random: 0.5, scale: 1, rules: DEFAULT_RETRIES });
}

const busy = (isThrottle: boolean, retryAfter: number | null = null): AttemptEnd => ({
  kind: "retry",
  isThrottle,
  code: isThrottle ? "20429" : "30022",
  message: "Busy",
  retryAfter,
});

describe("settleOutcome", () => {
  it("R408 accepted: the provider's id is kept and the attempt counts", () => {
    expect(settle({ kind: "accepted", providerId: "SM1", segments: 2 })).toMatchObject({
      status: "accepted",
      outcome: "accepted",
      providerId: "SM1",
      segments: 2,
      isCounted: true,
      sendAfter: null,
    });
  });

  it.each(["permanent", "configuration"] as const)(
    "%s: fails for good, in the provider's words",
    (fault) => {
      const end = {
        kind: "rejected",
        fault,
        code: "21211",
        message: "No",
        httpStatus: 400,
      } as const;
      expect(settle(end)).toMatchObject({
        status: "failed",
        statusReason: fault,
        errorCode: "21211",
        errorMessage: "No",
        httpStatus: 400,
        isCounted: true,
        sendAfter: null,
      });
    },
  );

  it.each([
    ["20003", "account_stopped"],
    ["30002", "account_stopped"],
    ["21606", "sender_stopped"],
    ["63007", "sender_stopped"],
  ])("%s concerns more than its message, which waits for the repair", (code, statusReason) => {
    const end = { kind: "rejected", fault: "configuration", code, message: "No" } as const;
    expect(settle({ ...end, httpStatus: 401 })).toMatchObject({
      status: "paused",
      outcome: "rejected",
      statusReason,
      errorCode: code,
      isCounted: false,
      sendAfter: null,
    });
  });

  it.each([
    ["interactive", 0, 5],
    ["interactive", 1, 10],
    ["normal", 0, 300],
    ["normal", 1, 600],
  ] as const)("R204 R221 transient, %s after %i: again in %i s", (lane, counted, seconds) => {
    expect(settle(busy(false), { lane, counted })).toMatchObject({
      status: "queued",
      statusReason: "retry",
      outcome: "retry",
      isCounted: true,
      sendAfter: new Date(now.getTime() + seconds * 1000),
    });
  });

  it("R221 transient: the third attempt that counts is the last, its error is kept", () => {
    expect(settle(busy(false), { counted: 2 })).toMatchObject({
      status: "failed",
      statusReason: "attempts_exhausted",
      errorCode: "30022",
      errorMessage: "Busy",
      sendAfter: null,
    });
  });

  it("transient: never again before Retry-After", () => {
    const { sendAfter } = settle(busy(false, 90));
    expect(sendAfter).toEqual(new Date(now.getTime() + 90_000));
  });

  it.each([
    ["429", busy(true, 12), "throttled", "retry"],
    ["unreachable", { kind: "unreachable", reason: "ECONNREFUSED" }, "unreachable", "unreachable"],
    ["a create that was not started", { kind: "not_started" }, null, "unreachable"],
  ] as const)(
    "%s: queued again with its due time unchanged, and it does not count",
    (_name, end, reason, outcome) => {
      expect(settle(end, { counted: 2 })).toMatchObject({
        status: "queued",
        statusReason: reason,
        outcome,
        isCounted: false,
        sendAfter: null,
        errorCode: null,
      });
    },
  );

  it("unknown: unconfirmed, never a retry, and it does not count", () => {
    expect(settle({ kind: "unknown", reason: "ECONNRESET", httpStatus: null })).toMatchObject({
      status: "unconfirmed",
      outcome: "unknown",
      isCounted: false,
      sendAfter: null,
      errorMessage: "ECONNRESET",
    });
  });
});
