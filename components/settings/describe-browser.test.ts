import { describe, expect, it } from "vitest";
import { describeBrowser } from "./describe-browser";

describe("describeBrowser", () => {
  it("names browser and system", () => {
    const edge = "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0";
    expect(describeBrowser(edge)).toBe("Edge · Windows");
    const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1";
    expect(describeBrowser(phone)).toBe("Safari · iPhone");
  });

  it("says nothing about what it does not know", () => {
    expect(describeBrowser("curl/8")).toBeNull();
    expect(describeBrowser(null)).toBeNull();
  });
});
