import { describe, expect, it } from "vitest";
import type { Sql } from "./client";
import { shareStatement } from "./share-statement";

type Group = readonly string[];

/** A statement that ends when told to; `groups` are those that have begun. */
function openStatement(
  options: { keyOf?: (one: string) => string; fails?: (group: Group) => boolean } = {},
) {
  const groups: Group[] = [];
  const ends: (() => void)[] = [];
  const sql = {} as Sql;
  const share = shareStatement<string, string>({
    most: 3,
    ...(options.keyOf && { keyOf: options.keyOf }),
    run: async (_, group) => {
      groups.push(group);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (options.fails?.(group)) throw new Error(`no ${group.join()}`);
      return group.map((one) => one.toUpperCase());
    },
  });
  /** Lets the statements that have begun end, and whatever follows begin. */
  const go = async () => {
    for (const end of ends.splice(0)) end();
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  };
  return { call: (one: string) => share(sql, one), groups, go };
}

describe("a shared statement", () => {
  it("serves together what came while the last one was under way, each with its own answer", async () => {
    const { call, groups, go } = openStatement();
    const first = call("a");
    await go();
    const later = ["b", "c", "d", "e"].map(call);
    await go();
    await go();
    await go();
    expect(groups).toEqual([["a"], ["b", "c", "d"], ["e"]]);
    expect(await Promise.all([first, ...later])).toEqual(["A", "B", "C", "D", "E"]);
  });

  it("never holds two of one key, and keeps their order", async () => {
    const { call, groups, go } = openStatement({ keyOf: ([key = ""]) => key });
    const all = ["x1", "x2", "y1", "x3"].map(call);
    for (let n = 0; n < 4; n += 1) await go();
    expect(groups).toEqual([["x1", "y1"], ["x2"], ["x3"]]);
    expect(await Promise.all(all)).toEqual(["X1", "X2", "Y1", "X3"]);
  });

  it("that fails is tried for each alone: a bad one pays, its neighbours do not", async () => {
    const { call, groups, go } = openStatement({ fails: (group) => group.includes("bad") });
    const all = Promise.allSettled(["a", "bad", "c"].map(call));
    for (let n = 0; n < 5; n += 1) await go();
    const settled = await all;
    expect(groups).toEqual([["a", "bad", "c"], ["a"], ["bad"], ["c"]]);
    expect(settled.map((one) => (one.status === "fulfilled" ? one.value : "refused"))).toEqual([
      "A",
      "refused",
      "C",
    ]);
  });

  it("serves who comes after a failure", async () => {
    const { call, go } = openStatement({ fails: (group) => group.includes("bad") });
    const bad = call("bad").catch((error: Error) => error.message);
    await go();
    await go();
    expect(await bad).toBe("no bad");
    const next = call("a");
    await go();
    await go();
    expect(await next).toBe("A");
  });
});
