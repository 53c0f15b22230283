import { SegmentedMessage } from "sms-segments-calculator";

/** SMS segments of a body. Short plain text, the usual case, is counted without the calculator. */
export function countSegments(body: string): number {
  return body.length <= 160 && isPlain(body) ? 1 : new SegmentedMessage(body, "auto").segmentsCount;
}

/** Letters, digits, space and common signs: all in GSM-7 and one unit wide. */
function isPlain(body: string): boolean {
  for (let i = 0; i < body.length; i += 1) {
    const code = body.charCodeAt(i);
    const isBasic = code === 10 || (code >= 32 && code <= 90) || (code >= 97 && code <= 122);
    if (!isBasic) return false;
  }
  return true;
}
