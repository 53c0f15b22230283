import { expect, it } from "vitest";
import { isCallable } from "./callback-address";

const STAND_IN = "http://127.0.0.1:4010";

it.each([
  ["https://carillon.example/s?m=1", null, true],
  ["http://carillon.example/s?m=1", null, false],
  ["https://localhost:3000/s", null, false],
  ["http://127.0.0.1:3000/s", null, false],
  ["http://127.0.0.1:3000/s", STAND_IN, true],
  ["http://[::1]:3000/s", STAND_IN, true],
  ["http://carillon.lan:3000/s", STAND_IN, true],
  ["http://carillon.lan:3000/s", "http://phones.lan", true],
  ["http://localhost:3000/s", "http://phones.lan", false],
] as const)("R418 a callback to %s can be asked of %s: %s", (callback, origin, answer) => {
  expect(isCallable(callback, origin)).toBe(answer);
});
