import { describe, expect, test } from "vitest";
import type { ThreadActivity, ThreadMessage } from "./inbox";
import { layOutThread } from "./thread-items";

function message(seq: number, patch: Partial<ThreadMessage> = {}): ThreadMessage {
  return {
    id: `m${seq}`,
    conversationId: "c1",
    seq,
    direction: "in",
    kind: "text",
    subject: null,
    body: `text ${seq}`,
    content: null,
    status: "received",
    statusReason: null,
    errorCode: null,
    errorMessage: null,
    author: null,
    cost: null,
    segments: null,
    media: [],
    quoted: null,
    about: [],
    createdAt: "2026-03-02T10:00:00.000Z",
    sendAfter: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    failedAt: null,
    ...patch,
  };
}

function activity(id: number, afterSeq: number): ThreadActivity {
  return { id, kind: "assigned", actor: null, data: {}, afterSeq, at: "2026-03-02T10:00:00.000Z" };
}

function kinds(input: Partial<Parameters<typeof layOutThread>[0]>) {
  return layOutThread({
    messages: [],
    activities: [],
    newAfterSeq: null,
    timeZone: "Europe/Paris",
    ...input,
  }).map((item) => (item.type === "message" ? item.key : item.type));
}

describe("layOutThread", () => {
  test("a day line stands where the reader's day changes, not where the UTC day does", () => {
    const messages = [
      message(1, { createdAt: "2026-03-01T22:30:00.000Z" }),
      message(2, { createdAt: "2026-03-01T23:30:00.000Z" }),
    ];
    expect(kinds({ messages })).toEqual(["day", "m1", "day", "m2"]);
    expect(kinds({ messages, timeZone: "UTC" })).toEqual(["day", "m1", "m2"]);
  });

  test("activities between two messages are one line, at their place", () => {
    expect(
      kinds({
        messages: [message(1), message(2)],
        activities: [activity(1, 1), activity(2, 1), activity(3, 2)],
      }),
    ).toEqual(["day", "m1", "activities", "m2", "activities"]);
  });

  test("the new-messages line stands before the first unread inbound message, once", () => {
    const messages = [message(1), message(2, { direction: "out" }), message(3), message(4)];
    expect(kinds({ messages, newAfterSeq: 1 })).toEqual(["day", "m1", "m2", "new", "m3", "m4"]);
    expect(kinds({ messages, newAfterSeq: 4 })).toEqual(["day", "m1", "m2", "m3", "m4"]);
  });

  test("a run ends with another author, a long pause or a line between", () => {
    const items = layOutThread({
      messages: [
        message(1),
        message(2),
        message(3, { createdAt: "2026-03-02T10:20:00.000Z" }),
        message(4, { direction: "out", createdAt: "2026-03-02T10:21:00.000Z" }),
      ],
      activities: [],
      newAfterSeq: null,
      timeZone: "UTC",
    });
    expect(
      items.flatMap((item) => (item.type === "message" ? [[item.opensRun, item.closesRun]] : [])),
    ).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  test("what is scheduled has no place in the thread yet", () => {
    expect(
      kinds({ messages: [message(1), message(2, { seq: null, status: "scheduled" })] }),
    ).toEqual(["day", "m1"]);
  });
});
