import { normaliseEmail } from "./email-address";
import { EMAIL_CODES } from "./email-codes";
import type { FailureOutcome } from "./send-failure";

/** Line ends and other control characters: in a header they would begin another one. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;
/** Characters that a name may hold without quotes (RFC 5322 atoms and spaces, RFC 6532 letters). */
const PLAIN_NAME = /^[\p{L}\p{N}\p{M} !#$%&'*+/=?^_`{|}~-]+$/u;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
/** Set by the adapters themselves, or by nobody. */
const OWNED =
  /^(from|to|cc|bcc|sender|subject|date|message-id|return-path|received|mime-version|content-.*|dkim-.*|resent-.*)$/i;

/** A header's text on one line: each run of control characters becomes a space. */
export function oneLine(text: string): string {
  return text.replace(BREAKS, " ").trim();
}

/** `Name <address>` as RFC 5322 writes it, the name quoted where it must be; the bare address without one. */
export function formatMailbox(name: string | null, address: string): string {
  const shown = oneLine(name ?? "");
  if (shown === "") return address;
  if (PLAIN_NAME.test(shown)) return `${shown} <${address}>`;
  return `"${shown.replace(/[\\"]/g, "\\$&")}" <${address}>`;
}

/** The header lines of a mail, each on one line. */
export function cleanHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, oneLine(value)] as const),
  );
}

/**
 * What a mail server must never see: an address that is none (it could carry commands or further
 * recipients) and header lines that are not the sender's to set. null: the mail may leave.
 */
export function checkMail(mail: {
  from: string;
  to: string;
  headers: Readonly<Record<string, string>>;
}): Extract<FailureOutcome, { kind: "rejected" }> | null {
  const refused = { kind: "rejected", httpStatus: null } as const;
  if (normaliseEmail(mail.from) !== mail.from.toLowerCase()) {
    const message = `${JSON.stringify(mail.from)} is no sender's address`;
    return { ...refused, fault: "configuration", code: EMAIL_CODES.sender, message };
  }
  if (normaliseEmail(mail.to) !== mail.to.toLowerCase()) {
    const message = `${JSON.stringify(mail.to)} is no e-mail address`;
    return { ...refused, fault: "permanent", code: EMAIL_CODES.recipient, message };
  }
  const wrong = Object.keys(mail.headers).find(
    (name) => !HEADER_NAME.test(name) || OWNED.test(name),
  );
  if (wrong === undefined) return null;
  const message = `The header ${JSON.stringify(wrong)} may not be set`;
  return { ...refused, fault: "permanent", code: EMAIL_CODES.refused, message };
}
