import { describe, expect, it } from "vitest";
import { findPasswordFault } from "./password-rule";

describe("findPasswordFault", () => {
  it.each([
    ["trop court", null],
    ["court", "password_too_short"],
    ["aaaaaaaaaaaa", "password_too_simple"],
    ["Ada@Example.test", "password_too_simple"],
    ["x1y2z3".repeat(40), "password_too_long"],
  ])("judges %j", (password, fault) => {
    expect(findPasswordFault(password, "ada@example.test")).toBe(fault);
  });
});
