import fc from "fast-check";
import { SegmentedMessage } from "sms-segments-calculator";
import { expect, test } from "vitest";
import { countSegments } from "./segments";

const anyText = fc.string({ unit: "binary", maxLength: 400 });
const latinText = fc
  .array(fc.integer({ min: 0, max: 0x2ff }), { maxLength: 400 })
  .map((codes) => String.fromCharCode(...codes));

test("segments are counted as Twilio's own calculator counts them", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, latinText), (body) => {
      expect(countSegments(body)).toBe(
        Math.max(1, new SegmentedMessage(body, "auto").segmentsCount),
      );
    }),
  );
});

test("parts of a long text are as large as the calculator says", () => {
  for (const letter of ["a", "é", "ê", "ç", "œ", "{", "\n", "\r"]) {
    for (const length of [67, 70, 71, 134, 135, 153, 160, 161, 306, 307]) {
      const body = letter.repeat(length);
      expect(countSegments(body)).toBe(new SegmentedMessage(body, "auto").segmentsCount);
    }
  }
});
