import { describe, expect, it } from "vitest";
import { type Buckets, fitToPace, isOpenTo, leavesAt, mostOf, type Waiting } from "./fit-to-pace";
import type { Lane } from "./words";

const NOW = Date.UTC(2026, 10, 20);
const SLOTS = { all: 50, normal: 48 };
const paced = (perSecond: number, tokens = perSecond) => ({
  perSecond,
  bucket: { tokens, at: NOW },
});
const row = (integrationId: string, size = 1, lane: Lane = "normal"): Waiting => {
  return { integrationId, size, lane };
};

function buckets(senders: Record<string, ReturnType<typeof paced>>, workspace = 0): Buckets {
  return {
    senders: new Map(Object.entries(senders)),
    workspace: workspace > 0 ? paced(workspace) : null,
  };
}

const leaving = (waiting: readonly Waiting[], known: Buckets, slots = SLOTS) =>
  fitToPace(waiting, { buckets: known, slots }).leaving.map((one) => waiting.indexOf(one));

describe("fitToPace", () => {
  it("lets a sender's rows go until its bucket is empty, whatever another's holds", () => {
    const waiting = [row("a", 2), row("b"), row("a"), row("b"), row("a"), row("free")];
    expect(leaving(waiting, buckets({ a: paced(3), b: paced(1) }))).toEqual([0, 1, 2, 5]);
  });

  it("lets nothing pass a row that has to wait, least of all a reply", () => {
    const waiting = [row("a", 3, "interactive"), row("a", 1)];
    expect(leaving(waiting, buckets({ a: paced(3, 1) }))).toEqual([]);
  });

  it("counts messages for the workspace, over all senders", () => {
    const waiting = [row("a", 5), row("b", 5), row("c", 5)];
    const fit = fitToPace(waiting, { buckets: buckets({}, 2), slots: SLOTS });
    expect(fit.leaving).toHaveLength(2);
    expect(fit.buckets.workspace?.bucket.tokens).toBe(0);
  });

  it("keeps to the free slots", () => {
    const waiting = [row("a", 1, "interactive"), row("a"), row("b"), row("a")];
    expect(leaving(waiting, buckets({ a: paced(9) }), { all: 3, normal: 1 })).toEqual([0, 1]);
    expect(leaving(waiting, buckets({ a: paced(9) }), { all: 1, normal: 1 })).toEqual([0]);
  });
});

describe("leavesAt", () => {
  it("is the next token for a reply, and a handful of tokens for a bulk", () => {
    const known = buckets({ a: paced(10, 0) });
    expect(leavesAt(row("a", 1, "interactive"), known, NOW)).toBe(NOW + 100);
    expect(leavesAt(row("a", 1), known, NOW)).toBe(NOW + 500);
    expect(leavesAt(row("a", 1), buckets({ a: paced(10, 9) }), NOW)).toBe(NOW + 100);
    expect(leavesAt(row("a", 1), buckets({ a: paced(1, -2) }), NOW)).toBe(NOW + 3000);
    expect(leavesAt(row("a", 1), buckets({ a: paced(1) }), NOW)).toBe(NOW);
  });

  it("lets a reply have the workspace's pace before any normal message", () => {
    const known = { senders: new Map(), workspace: paced(1, 0) };
    expect(leavesAt(row("a", 1, "interactive"), known, NOW)).toBe(NOW + 500);
    expect(leavesAt(row("a", 1), known, NOW)).toBe(NOW + 1000);
  });
});

describe("what can be asked of the outbox", () => {
  it("is nothing while a bucket is empty, and no more than it holds", () => {
    expect(isOpenTo("a", buckets({ a: paced(10, 0.5) }))).toBe(false);
    expect(isOpenTo("b", buckets({ a: paced(10, 0.5) }))).toBe(true);
    expect(mostOf("a", buckets({ a: paced(10, 3.5) }))).toBe(4);
    expect(mostOf("a", buckets({ a: paced(0.5) }))).toBe(1);
    expect(mostOf("b", buckets({ a: paced(10) }, 2))).toBe(3);
  });
});
