import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  findUnconfirmed,
  type Listed,
  nextLookStep,
  nextReceiptLook,
  type Unconfirmed,
} from "./reconcile";

const AT = Date.UTC(2026, 2, 1, 10, 0, 0);

function message(messageId: string, values: Partial<Unconfirmed> = {}): Unconfirmed {
  return { messageId, body: "Your bike is ready", mediaCount: 0, startedAt: AT, ...values };
}

function entry(providerId: string, values: Partial<Listed> = {}): Listed {
  return {
    providerId,
    body: "Your bike is ready",
    mediaCount: 0,
    createdAt: AT + 1000,
    ...values,
  };
}

describe("findUnconfirmed (Sending 6)", () => {
  it("finds the same text to the number in the window of the attempt", () => {
    expect(findUnconfirmed([message("m")], [entry("SM1")])).toEqual([
      { kind: "found", messageId: "m", providerId: "SM1" },
    ]);
  });

  it("says what is not there", () => {
    expect(findUnconfirmed([message("m")], [])).toEqual([{ kind: "not_there", messageId: "m" }]);
  });

  it.each([
    ["a trial account's prefix", "Sent from your Twilio trial account - Your bike is ready"],
    ["spaces that the provider trims", " Your bike is\u00a0ready \n"],
  ])("knows a body with %s", (_, body) => {
    expect(findUnconfirmed([message("m")], [entry("SM1", { body })])[0]?.kind).toBe("found");
  });

  it("knows a body whose dear characters the provider has made plain", () => {
    const sent = message("m", { body: "L’été – « enfin »…" });
    const listed = entry("SM1", { body: 'L\'été - " enfin "...' });
    expect(findUnconfirmed([sent], [listed])[0]?.kind).toBe("found");
  });

  it.each([
    ["another text", { body: "Your bike is not ready" }],
    ["one that was blanked", { body: "" }],
    ["the same words with a file", { mediaCount: 1 }],
  ])("does not take %s for it, and is in doubt", (_, values) => {
    const findings = findUnconfirmed([message("m")], [entry("SM1", values)]);
    expect(findings).toEqual([{ kind: "doubtful", messageId: "m" }]);
  });

  it.each([
    ["long before", -2 * 60_000 - 1],
    ["long after", 5 * 60_000 + 1],
  ])("does not look at what left %s", (_, shift) => {
    const findings = findUnconfirmed([message("m")], [entry("SM1", { createdAt: AT + shift })]);
    expect(findings).toEqual([{ kind: "not_there", messageId: "m" }]);
  });

  it("bears a clock that is two minutes off", () => {
    const listed = entry("SM1", { createdAt: AT - 2 * 60_000 });
    expect(findUnconfirmed([message("m")], [listed])[0]?.kind).toBe("found");
  });

  it("of n identical ones and k entries finds the k oldest, each entry once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 8 }), (n, k) => {
        const sent = Array.from({ length: n }, (_, i) => message(`m${i}`, { startedAt: AT + i }));
        const listed = Array.from({ length: k }, (_, i) => entry(`SM${i}`, { createdAt: AT + i }));
        const findings = findUnconfirmed(sent.toReversed(), listed.toReversed());
        const found = findings.filter((one) => one.kind === "found");
        expect(found.map((one) => [one.messageId, one.providerId])).toEqual(
          Array.from({ length: Math.min(n, k) }, (_, i) => [`m${i}`, `SM${i}`]),
        );
        const rest = findings.filter((one) => one.kind !== "found").map((one) => one.kind);
        expect(rest).toEqual(Array.from({ length: Math.max(0, n - k) }, () => "not_there"));
      }),
    );
  });

  it("tells different texts to one number apart", () => {
    const sent = [message("a", { body: "one" }), message("b", { body: "two" })];
    expect(findUnconfirmed(sent, [entry("SM2", { body: "two" })])).toEqual([
      { kind: "found", messageId: "b", providerId: "SM2" },
      { kind: "not_there", messageId: "a" },
    ]);
  });
});

describe("nextLookStep", () => {
  it("believes at once what it finds, and only twice what it does not", () => {
    expect(nextLookStep("found", 0)).toBe("adopt");
    expect(nextLookStep("not_there", 0)).toBe("look_again");
    expect(nextLookStep("not_there", 1)).toBe("requeue");
    expect(nextLookStep("doubtful", 0)).toBe("look_again");
    expect(nextLookStep("doubtful", 1)).toBe("ask");
  });
});

describe("nextReceiptLook", () => {
  it("asks 2, 10 and 60 minutes after the send, then daily for three days", () => {
    const minutes = Array.from({ length: 8 }, (_, looks) => {
      const at = nextReceiptLook(new Date(AT), looks, 1);
      return at && (at.getTime() - AT) / 60_000;
    });
    expect(minutes).toEqual([2, 10, 60, 1440, 2880, 4320, null, null]);
  });
});
