import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settleReport } from "./settle-report";
import type { MessageStatus } from "./words";

type Message = Parameters<typeof settleReport>[0]["message"];
type Attempt = Parameters<typeof settleReport>[0]["attempt"];
type Report = { status: MessageStatus; at: number | null };

const SENDING: Message = { status: "sending", attempt: 1, providerId: null };
const FIRST: Attempt = { number: 1, status: null, carrierAt: null, providerId: "SM1" };

function settle(message: Message, attempt: Attempt, reported: MessageStatus) {
  return settleReport({ message, attempt, reported, carrierAt: null });
}

/** The statuses a message of one attempt goes through, report by report. */
function follow(reports: readonly Report[], start: MessageStatus): MessageStatus[] {
  let message = { ...SENDING, status: start };
  let attempt = FIRST;
  return reports.map(({ status, at }) => {
    const effect = settleReport({ message, attempt, reported: status, carrierAt: at });
    attempt = { ...attempt, status: effect.attemptStatus, carrierAt: effect.carrierAt };
    message = { ...message, status: effect.messageStatus, providerId: "SM1" };
    return message.status;
  });
}

const ORDER: MessageStatus[] = ["sending", "unconfirmed", "accepted", "sent", "delivered", "read"];

const life = fc.constantFrom<MessageStatus[]>(
  ["accepted", "accepted", "sent", "delivered", "read"],
  ["accepted", "sent", "delivered"],
  ["accepted", "sent", "undelivered"],
  ["accepted", "failed"],
  ["accepted", "sent", "undelivered", "delivered"],
);

/** A life whose receipts come in any order, some of them more than once. */
const shuffledLife = life.chain((words) =>
  fc
    .tuple(
      fc.shuffledSubarray(words, { minLength: words.length }),
      fc.array(fc.constantFrom(...words), { maxLength: 4 }),
    )
    .chain(([all, again]) =>
      fc.record({
        words: fc.constant(words),
        arrived: fc.shuffledSubarray([...all, ...again], {
          minLength: all.length + again.length,
        }),
      }),
    ),
);

describe("settleReport", () => {
  it("R418 ends a life at the same status whatever order its receipts come in, doubled or not", () => {
    fc.assert(
      fc.property(
        shuffledLife,
        fc.constantFrom<MessageStatus>("sending", "unconfirmed"),
        ({ words, arrived }, start) => {
          const plain = (status: MessageStatus) => ({ status, at: null });
          const inOrder = follow(words.map(plain), start).at(-1);
          expect(follow(arrived.map(plain), start).at(-1)).toBe(inOrder);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("R418 never goes backwards on the way", () => {
    fc.assert(
      fc.property(shuffledLife, ({ arrived }) => {
        const seen = follow(
          arrived.map((status) => ({ status, at: null })),
          "sending",
        ).filter((status) => ORDER.includes(status));
        const ranks = seen.map((status) => ORDER.indexOf(status));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
      { numRuns: 1000 },
    );
  });

  it("of delivered and undelivered with carrier times the later one stands, whatever came first", () => {
    const time = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(time, time, fc.boolean(), (delivered, undelivered, isSwapped) => {
        fc.pre(delivered !== undelivered);
        const reports: Report[] = [
          { status: "delivered", at: delivered },
          { status: "undelivered", at: undelivered },
        ];
        const end = follow(isSwapped ? reports.toReversed() : reports, "accepted").at(-1);
        expect(end).toBe(delivered > undelivered ? "delivered" : "undelivered");
      }),
    );
  });

  it.each([
    ["sending", "accepted"],
    ["unconfirmed", "accepted"],
    ["canceled", "sent"],
    ["expired", "sent"],
  ] as const)("a report about its attempt moves a message that is %s to %s", (status, reported) => {
    expect(settle({ ...SENDING, status }, FIRST, reported).messageStatus).toBe(reported);
  });

  it.each(["canceled", "expired"] as const)(
    "a failure reported about a %s message changes nothing",
    (status) => {
      expect(settle({ ...SENDING, status }, FIRST, "failed").messageStatus).toBe(status);
    },
  );

  it.each(["queued", "scheduled", "paused"] as const)(
    "proof that an earlier attempt was accepted cancels a message that is %s again",
    (status) => {
      const message = { ...SENDING, status };
      expect(settle(message, FIRST, "sent").messageStatus).toBe("sent");
      expect(settle(message, FIRST, "failed").messageStatus).toBe(status);
      const failed: Attempt = { ...FIRST, status: "undelivered" };
      expect(settle(message, failed, "sent").messageStatus).toBe(status);
    },
  );

  it.each(["sending", "unconfirmed", "accepted", "delivered", "failed"] as const)(
    "a report of attempt 1 never settles attempt 2 that is %s, and proof of it is told",
    (status) => {
      const second: Message = {
        status,
        attempt: 2,
        providerId: status === "accepted" ? "SM2" : null,
      };
      const taken = settle(second, FIRST, "delivered");
      expect(taken).toMatchObject({
        messageStatus: status,
        attemptStatus: "delivered",
        isEarlierProof: true,
      });
      expect(settle(second, FIRST, "failed")).toMatchObject({
        messageStatus: status,
        isEarlierProof: false,
      });
    },
  );

  it("goes on with the earlier attempt once its proof has cancelled the later one", () => {
    const adopted: Message = { status: "sent", attempt: 1, providerId: "SM1" };
    expect(settle(adopted, { ...FIRST, status: "sent" }, "delivered").messageStatus).toBe(
      "delivered",
    );
  });
});
