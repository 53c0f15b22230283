import { describe, expect, it } from "vitest";
import { isLastOwner, mayGrant, mayManage } from "./role-rules";

describe("role rules", () => {
  it("R323 lets nobody hand out more than they have", () => {
    expect(mayGrant("owner", "owner")).toBe(true);
    expect(mayGrant("admin", "admin")).toBe(true);
    expect(mayGrant("admin", "owner")).toBe(false);
    expect(mayGrant("agent", "member")).toBe(false);
  });

  it("R323 lets only owners touch owners", () => {
    expect(mayManage("admin", "owner")).toBe(false);
    expect(mayManage("owner", "owner")).toBe(true);
    expect(mayManage("admin", "agent")).toBe(true);
    expect(mayManage("agent", "member")).toBe(false);
  });

  it("knows the last owner", () => {
    expect(isLastOwner(["a"], "a")).toBe(true);
    expect(isLastOwner(["a"], "b")).toBe(false);
    expect(isLastOwner(["a", "b"], "a")).toBe(false);
  });
});
