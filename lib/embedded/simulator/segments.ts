import { SegmentedMessage } from "sms-segments-calculator";

/** What one character of a plain text is to a carrier; `other` only the calculator can tell. */
const OTHER = 0;
const GSM = 1;
const UCS2 = 2;

const CARRIAGE_RETURN = 13;

/** Latin script with its accents, the usual case; from here on marks combine. */
const PLAIN = Uint8Array.from({ length: 0x300 }, (_, code) => {
  // With a line feed it would be one character of two units.
  if (code === CARRIAGE_RETURN) return OTHER;
  const { encodingName, messageSize } = new SegmentedMessage(String.fromCharCode(code), "auto");
  if (encodingName === "UCS-2") return UCS2;
  return messageSize === 7 ? GSM : OTHER;
});

/** SMS segments of a body. Plain Latin text is counted without the calculator, which is slow. */
export function countSegments(body: string): number {
  let isGsm = true;
  for (let i = 0; i < body.length; i += 1) {
    const code = body.charCodeAt(i);
    const kind = code < PLAIN.length ? PLAIN[code] : OTHER;
    if (kind === OTHER) return new SegmentedMessage(body, "auto").segmentsCount;
    if (kind === UCS2) isGsm = false;
  }
  return isGsm ? inParts(body.length, 160, 153) : inParts(body.length, 70, 67);
}

/** `each` units fit in a part of several, which carries its place; `alone` in one by itself. */
function inParts(length: number, alone: number, each: number): number {
  return length <= alone ? 1 : Math.ceil(length / each);
}
