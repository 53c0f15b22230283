import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromTwilioStatus, isTaken, nextStatus, oldStatusWord } from "./message-status";
import { MESSAGE_STATUSES, type MessageStatus } from "./words";

type Receipt = { status: MessageStatus; time: number | null };

const reportable = ["accepted", "sent", "delivered", "read", "undelivered", "failed"] as const;
const receipt = fc.record({
  status: fc.constantFrom<MessageStatus>(...reportable),
  time: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
});

function fold(receipts: readonly Receipt[]): Receipt {
  return receipts.reduce<Receipt>(
    (current, next) => {
      const times = { current: current.time, reported: next.time };
      const status = nextStatus(current.status, next.status, times);
      const isReplaced =
        status === next.status && (status !== current.status || isLater(current, next));
      return isReplaced ? next : current;
    },
    { status: "sending", time: null },
  );
}

function isLater(current: Receipt, next: Receipt) {
  return (next.time ?? 0) > (current.time ?? 0);
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

describe("nextStatus", () => {
  it("R418 ends at the same status for every order of arrival, doubled or not", () => {
    const shared = fc.record({
      words: fc.uniqueArray(fc.constantFrom<MessageStatus>(...reportable), { maxLength: 5 }),
      doubled: fc.nat({ max: 4 }),
    });
    fc.assert(
      fc.property(shared, ({ words, doubled }) => {
        const receipts = words.map((status) => ({ status, time: null }));
        const again = receipts[doubled];
        const all = again ? [...receipts, again] : receipts;
        const ends = new Set(permutations(all).map((order) => fold(order).status));
        expect(ends.size).toBe(1);
      }),
    );
  });

  it("never moves to a lower rank", () => {
    const order = ["sending", "accepted", "sent", "delivered", "read"] as const;
    for (const [high, current] of order.entries()) {
      for (const reported of order.slice(0, high)) {
        expect(nextStatus(current, reported, { current: 1, reported: 2 })).toBe(current);
      }
    }
  });

  it("is the same whatever the order when both receipts carry a time", () => {
    fc.assert(
      fc.property(fc.array(receipt, { maxLength: 5 }), fc.nat(), (receipts, seed) => {
        const timed = receipts.filter((one) => one.time !== null);
        const turned = [
          ...timed.slice(seed % (timed.length + 1)),
          ...timed.slice(0, seed % (timed.length + 1)),
        ];
        expect(fold(turned).status).toBe(fold(timed).status);
      }),
    );
  });

  it.each([
    ["delivered", 10, "undelivered", 20, "undelivered"],
    ["undelivered", 20, "delivered", 10, "undelivered"],
    ["undelivered", 10, "delivered", 20, "delivered"],
    ["delivered", 20, "undelivered", 10, "delivered"],
    ["delivered", null, "undelivered", 20, "delivered"],
    ["undelivered", 20, "delivered", null, "delivered"],
    ["undelivered", null, "delivered", 5, "delivered"],
    ["delivered", null, "undelivered", null, "delivered"],
    ["undelivered", null, "delivered", null, "delivered"],
  ] as const)("of %s at %s and %s at %s shows %s", (a, at, b, bt, shown) => {
    expect(nextStatus(a, b, { current: at, reported: bt })).toBe(shown);
  });

  it("settles what is unconfirmed and outranks a cancel that came too late", () => {
    const none = { current: null, reported: null };
    expect(nextStatus("unconfirmed", "accepted", none)).toBe("accepted");
    expect(nextStatus("canceled", "sent", none)).toBe("sent");
    expect(nextStatus("queued", "delivered", none)).toBe("delivered");
    expect(nextStatus("received", "read", none)).toBe("received");
  });
});

describe("fromTwilioStatus", () => {
  it("R408 reads the provider's own queued as accepted: ours means not handed over", () => {
    expect(["accepted", "queued", "sending"].map(fromTwilioStatus)).toEqual([
      "accepted",
      "accepted",
      "accepted",
    ]);
    expect(fromTwilioStatus("receiving")).toBeNull();
    expect(fromTwilioStatus("brand_new_word")).toBeNull();
  });
});

describe("old words", () => {
  it("R223 R314 every outbound status but canceled has the word of the replaced systems", () => {
    const without = MESSAGE_STATUSES.filter((status) => oldStatusWord(status) === null);
    expect(without).toEqual(["canceled", "received"]);
    expect(oldStatusWord("unconfirmed")).toBe("en_attente");
    expect(oldStatusWord("expired")).toBe("échoué");
  });

  it("counts only what the provider took as taken", () => {
    expect(MESSAGE_STATUSES.filter(isTaken)).toEqual(["accepted", "sent", "delivered", "read"]);
  });
});
