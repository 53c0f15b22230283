import { describe, expect, it } from "vitest";
import { csvLine } from "./csv";

describe("csvLine", () => {
  it("quotes what needs it, and keeps numbers and nothing as they are", () => {
    expect(csvLine(["a", 'say "no"', "x,y", "two\nlines", -3, null])).toBe(
      'a,"say ""no""","x,y","two\nlines",-3,\r\n',
    );
  });

  it.each(["=1+1", "+33612345678", "-1", "@cmd", "\tx"])(
    "makes a text of the formula %j",
    (text) => {
      expect(csvLine([text])).toContain(`'${text}`);
    },
  );
});
