import { describe, expect, it } from "vitest";
import type { Sql } from "../../db/client";
import { shareStatement } from "./share-statement";

type Group = readonly string[];
type Options = {
  keysOf?: (one: string) => string[];
  /** What a group answers; by default each in capitals. */
  answer?: (group: Group) => (string | null)[];
};

/** A statement whose groups end when told to; `groups` are those that have begun. */
function openStatement({ keysOf = () => [], answer }: Options = {}) {
  const groups: Group[] = [];
  const alone: string[] = [];
  const ends: (() => void)[] = [];
  let now = 0;
  const deps = { sql: {} as Sql, clock: { now: () => new Date(now), monotonic: () => now } };
  const log = { info() {}, warn() {}, error() {}, debug() {} };
  const share = shareStatement<string, string>({
    name: "tests",
    keysOf,
    together: async (_sql, group) => {
      groups.push(group);
      await new Promise<void>((resolve) => ends.push(resolve));
      return answer ? answer(group) : group.map((one) => one.toUpperCase());
    },
    alone: async (_sql, one) => {
      alone.push(one);
      if (one === "bad") throw new Error("no bad");
      return `${one} alone`;
    },
  });
  /** Lets the groups that have begun end, and whatever follows begin. */
  const go = async () => {
    for (const end of ends.splice(0)) end();
    await new Promise(setImmediate);
  };
  return {
    ...{ groups, alone, go },
    call: (one: string) => share({ ...deps, log }, one),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe("a shared statement", () => {
  it("serves together what came while the last one was under way, each with its own answer", async () => {
    const { call, groups, go } = openStatement();
    const all = ["a", "b", "c"].map(call);
    expect(groups).toEqual([["a"]]);
    await go();
    await go();
    expect(groups).toEqual([["a"], ["b", "c"]]);
    expect(await Promise.all(all)).toEqual(["A", "B", "C"]);
  });

  it("never holds two of one key, and keeps their order", async () => {
    const { call, groups, go } = openStatement({ keysOf: ([key = ""]) => [key] });
    const all = ["a", "x1", "x2", "y1", "x3"].map(call);
    for (let n = 0; n < 4; n += 1) await go();
    expect(groups).toEqual([["a"], ["x1", "y1"], ["x2"], ["x3"]]);
    await Promise.all(all);
  });

  it("lets a whole group leave beside another, and what is left when none is under way", async () => {
    const { call, groups, go } = openStatement();
    const sizes = () => groups.map((group) => group.length);
    const all = Array.from({ length: 78 }, (_, n) => call(String(n)));
    expect(sizes()).toEqual([1, 24]);
    await go();
    expect(sizes()).toEqual([1, 24, 24, 24]);
    await go();
    expect(sizes()).toEqual([1, 24, 24, 24, 5]);
    await go();
    expect(await Promise.all(all)).toHaveLength(78);
  });

  it("never has two of one key under way", async () => {
    const { call, groups, go } = openStatement({ keysOf: ([key = ""]) => [key] });
    const others = [..."abcdefghijklmnopqrstuvwyz"].slice(0, 24);
    const all = ["x0", "x1", ...others].map(call);
    expect(groups).toEqual([["x0"], others]);
    await go();
    expect(groups.slice(2)).toEqual([["x1"]]);
    await go();
    await Promise.all(all);
  });

  it("that fails is tried for each alone: a bad one pays, its neighbours do not", async () => {
    const { call, alone, go } = openStatement({
      answer: (group) => {
        if (group.includes("bad")) throw new Error("no");
        return [...group];
      },
    });
    const settled = Promise.allSettled(["a", "b", "bad", "c"].map(call));
    await go();
    await go();
    const told = (await settled).map((one) =>
      one.status === "fulfilled" ? one.value : String(one.reason.message),
    );
    expect(alone).toEqual(["b", "bad", "c"]);
    expect(told).toEqual(["a", "b alone", "no bad", "c alone"]);
  });

  it("that is alone and fails is not tried again", async () => {
    const { call, alone, go } = openStatement({
      answer: () => {
        throw new Error("no");
      },
    });
    const failed = call("a").catch((error: Error) => error.message);
    await go();
    expect(await failed).toBe("no");
    expect(alone).toEqual([]);
  });

  it("does alone what a group has left out", async () => {
    const { call, go } = openStatement({
      answer: (group) => group.map((one) => (one === "b" ? null : one)),
    });
    const all = ["a", "b", "c"].map(call);
    await go();
    await go();
    expect(await Promise.all(all)).toEqual(["a", "b alone", "c"]);
  });

  it("that never ends holds up the next for two seconds only", async () => {
    const { call, groups, pass } = openStatement();
    void call("lost");
    void call("a");
    pass(1999);
    void call("b");
    expect(groups).toEqual([["lost"]]);
    pass(1);
    void call("c");
    expect(groups).toEqual([["lost"], ["a", "b", "c"]]);
  });
});
