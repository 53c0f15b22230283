import { SegmentedMessage } from "sms-segments-calculator";

export type SegmentMeasure = {
  readonly encoding: "GSM-7" | "UCS-2";
  /** Parts the operator bills; 0 for an empty text. */
  readonly segments: number;
  /** The distinct characters that force UCS-2, in order of appearance; empty in GSM-7. */
  readonly guilty: readonly string[];
  /** UTF-16 units, which the limit of a body counts. */
  readonly units: number;
};

/**
 * How many SMS parts a text takes and why. Pure and small enough for the composer in the browser.
 *
 * GSM-7: 160 / 153 a part, `^{}[]~\|€` cost two. UCS-2: 70 / 67 units (3GPP TS 23.038).
 */
export function measureSegments(text: string): SegmentMeasure {
  if (text === "") return { encoding: "GSM-7", segments: 0, guilty: [], units: 0 };
  const message = new SegmentedMessage(text);
  const encoding = message.encodingName === "UCS-2" ? "UCS-2" : "GSM-7";
  return {
    encoding,
    segments: message.segments.length,
    guilty: encoding === "UCS-2" ? [...new Set(message.getNonGsmCharacters())] : [],
    units: text.length,
  };
}
