import { describe, expect, test } from "vitest";
import type { ConversationCard, ThreadMessage } from "./inbox";
import {
  cardBelongs,
  type HeldThread,
  leavesGap,
  mergeThread,
  newerCard,
  placeCard,
  seenSeq,
} from "./merge-live";

function card(id: string, patch: Partial<ConversationCard> = {}): ConversationCard {
  return {
    id,
    revision: 1,
    person: { id: `p-${id}`, name: null, address: "+33199001234", isBlocked: false },
    integrationId: "i1",
    channel: "sms",
    state: "open",
    priority: "normal",
    assignee: null,
    labels: [],
    lastSeq: 1,
    inboundCount: 1,
    isListed: true,
    unread: 0,
    lastActivityAt: "2026-03-02T10:00:00.000Z",
    waitingSince: null,
    lastMessage: null,
    ...patch,
  };
}

function message(id: string, seq: number | null, patch: Partial<ThreadMessage> = {}) {
  return {
    id,
    seq,
    status: "queued",
    createdAt: "2026-03-02T10:00:00.000Z",
    sendAfter: null,
    ...patch,
  } as ThreadMessage;
}

const EMPTY: HeldThread = { messages: [], activities: [], revisions: {} };

describe("cards", () => {
  test("a late, older copy of a card changes nothing", () => {
    const held = card("a", { revision: 5 });
    expect(newerCard(held, card("a", { revision: 4 }))).toBe(held);
    expect(newerCard(held, card("a", { revision: 6 })).revision).toBe(6);
  });

  test("views follow state and assignee; a number narrows them", () => {
    const query = { view: "mine", integrationId: null, q: "" } as const;
    const mine = card("a", { assignee: { id: "me", name: "Me" } });
    expect(cardBelongs(mine, query, "me")).toBe(true);
    expect(cardBelongs(mine, query, "other")).toBe(false);
    expect(cardBelongs({ ...mine, state: "resolved" }, query, "me")).toBe(false);
    expect(cardBelongs({ ...mine, state: "resolved" }, { ...query, view: "resolved" }, "x")).toBe(
      true,
    );
    expect(cardBelongs(mine, { ...query, integrationId: "i2" }, "me")).toBe(false);
    expect(cardBelongs({ ...mine, state: "snoozed" }, { ...query, view: "all" }, "me")).toBe(false);
    expect(cardBelongs({ ...mine, isListed: false }, { ...query, view: "all" }, "me")).toBe(false);
  });

  test("a card that changed moves to where the server would list it", () => {
    const a = card("a", { lastActivityAt: "2026-03-02T12:00:00.000Z" });
    const b = card("b", { lastActivityAt: "2026-03-02T11:00:00.000Z" });
    const risen = card("b", { lastActivityAt: "2026-03-02T13:00:00.000Z" });
    const cards = { a, b };
    const at = { cards, belongs: true, reachesEnd: true };
    expect(placeCard(["a", "b"], risen, at)).toEqual(["b", "a"]);
    expect(placeCard(["a", "b"], risen, { ...at, belongs: false })).toEqual(["a"]);
    expect(placeCard(["a"], b, at)).toEqual(["a", "b"]);
  });

  test("a card below the last loaded page waits for its page", () => {
    const a = card("a", { lastActivityAt: "2026-03-02T12:00:00.000Z" });
    const old = card("z", { lastActivityAt: "2026-01-01T00:00:00.000Z" });
    const held = { cards: { a }, belongs: true, reachesEnd: false };
    expect(placeCard(["a"], old, held)).toEqual(["a"]);
  });
});

describe("threads", () => {
  test("a status that arrives twice or late never goes back", () => {
    const sent = message("m", 1, { status: "sent" });
    const delivered = message("m", 1, { status: "delivered" });
    const held = mergeThread(EMPTY, { messages: [delivered], activities: [], revision: 8 });
    const late = mergeThread(held, { messages: [sent], activities: [], revision: 7 });
    expect(late.messages[0]?.status).toBe("delivered");
    const retried = message("m", 1, { status: "queued" });
    const after = mergeThread(late, { messages: [retried], activities: [], revision: 9 });
    expect(after.messages[0]?.status).toBe("queued");
  });

  test("of two copies of one revision, a message that is leaving does not wait again", () => {
    const [waiting, leaving] = [message("m", 1), message("m", 1, { status: "sending" })];
    const at = (revision: number, one: ThreadMessage) => ({
      messages: [one],
      activities: [],
      revision,
    });
    const held = mergeThread(mergeThread(EMPTY, at(4, waiting)), at(4, leaving));
    expect(held.messages[0]?.status).toBe("sending");
    expect(mergeThread(held, at(4, waiting)).messages[0]?.status).toBe("sending");
    expect(mergeThread(held, at(5, waiting)).messages[0]?.status).toBe("queued");
  });

  test("an older page adds and never replaces", () => {
    const held = mergeThread(EMPTY, {
      messages: [message("m2", 2, { status: "read" })],
      activities: [],
      revision: 3,
    });
    const merged = mergeThread(held, {
      messages: [message("m1", 1), message("m2", 2, { status: "sent" })],
      activities: [],
      revision: 0,
    });
    expect(merged.messages.map((m) => [m.id, m.status])).toEqual([
      ["m1", "queued"],
      ["m2", "read"],
    ]);
  });

  test("scheduled messages come last and find their place when they leave", () => {
    const held = mergeThread(EMPTY, {
      messages: [
        message("later", null, { sendAfter: "2026-03-03T09:00:00.000Z" }),
        message("m1", 1),
      ],
      activities: [],
      revision: 1,
    });
    expect(held.messages.map((m) => m.id)).toEqual(["m1", "later"]);
    const left = mergeThread(held, {
      messages: [message("later", 2)],
      activities: [],
      revision: 2,
    });
    expect(left.messages.map((m) => m.seq)).toEqual([1, 2]);
  });

  test("an event that skips a message is seen as a gap", () => {
    const held = mergeThread(EMPTY, { messages: [message("m1", 1)], activities: [], revision: 1 });
    const event = (lastSeq: number, messages: ThreadMessage[]) => ({
      type: "conversation" as const,
      card: card("c", { lastSeq }),
      messages,
      activities: [],
    });
    expect(leavesGap(held, event(2, [message("m2", 2)]))).toBe(false);
    expect(leavesGap(held, event(3, [message("m3", 3)]))).toBe(true);
    expect(leavesGap(held, event(1, [message("m1", 1)]))).toBe(false);
  });

  test("a reply stands on what was seen, carried over the agent's own replies only", () => {
    const own = { direction: "out", author: { id: "me", name: "Me" } } as const;
    const theirs = { direction: "out", author: { id: "you", name: "You" } } as const;
    const before = message("m1", 1, { direction: "in" });
    expect(seenSeq([before, message("m2", 2, own), message("m3", 3, own)], 1, "me")).toBe(3);
    expect(seenSeq([before, message("m2", 2, theirs), message("m3", 3, own)], 1, "me")).toBe(1);
    expect(seenSeq([before, message("m2", 2, { direction: "in" })], 1, "me")).toBe(1);
  });
});
