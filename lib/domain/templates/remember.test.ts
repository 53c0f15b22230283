import { expect, it } from "vitest";
import { createMemory } from "./remember";

it("makes what it is asked for once, and forgets the oldest past its size", () => {
  const remember = createMemory<string>(2);
  const made: string[] = [];
  const ask = (key: string) =>
    remember(key, () => {
      made.push(key);
      return key.toUpperCase();
    });
  expect(["a", "b", "a", "c", "b", "a"].map(ask)).toEqual(["A", "B", "A", "C", "B", "A"]);
  expect(made).toEqual(["a", "b", "c", "a"]);
});
