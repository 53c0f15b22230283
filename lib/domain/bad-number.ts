/**
 * Which errors say that an address is no good (item 7 of the delivery rules; the codes' meanings are
 * Twilio's error dictionary): an invalid number, a landline, a number that is gone at once; a phone that
 * is off, out of reach or cannot take texts only when it happens a second time.
 */
const AT_ONCE: ReadonlySet<string> = new Set(["21211", "21614", "30005"]);
const SECOND_TIME = "30003";

export type AddressVerdict = "bad" | "suspect" | "fine";

/** What one failed send says of its recipient's address. */
export function judgeAddress(code: string | null): AddressVerdict {
  if (code === null) return "fine";
  if (AT_ONCE.has(code)) return "bad";
  return code === SECOND_TIME ? "suspect" : "fine";
}

/** @param failures sends to the address that ended so since the last one that arrived */
export function isBadAddress(verdict: AddressVerdict, failures: number): boolean {
  return verdict === "bad" || (verdict === "suspect" && failures >= 2);
}

/** `statusReason` of the rows that a bad address holds back. */
export const BAD_NUMBER = "bad_number";
