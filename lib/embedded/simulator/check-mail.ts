import { z } from "zod";
import { type MailError, mailError } from "./mail-errors";
import type { SimMail, SimMailAccount } from "./mail-words";

type Checked = Pick<
  SimMail,
  "from" | "fromName" | "to" | "replyTo" | "subject" | "text" | "html" | "headers" | "tags"
>;
export type CheckOutcome = { ok: true; mail: Checked } | { ok: false; error: MailError };

const MAX_RECIPIENTS = 50;
const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

/** Only what Carillon sends. What the real service takes besides is refused rather than lost. */
const payload = z.strictObject({
  from: z.string(),
  to: oneOrMore,
  subject: z.string(),
  text: z.string().nullish(),
  html: z.string().nullish(),
  reply_to: oneOrMore.nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  tags: z.array(z.strictObject({ name: z.string(), value: z.string() })).nullish(),
});

/** POST /emails: checks the payload as Resend does. */
export function checkMail(account: SimMailAccount, json: unknown): CheckOutcome {
  const missing = missingField(json);
  if (missing) return refuse(422, "missing_required_field", `Missing \`${missing}\` field.`);
  const parsed = payload.safeParse(json);
  if (!parsed.success) return refuse(422, "validation_error", z.prettifyError(parsed.error));
  const { subject, text = null, html = null, headers, tags } = parsed.data;
  const from = readAddress(parsed.data.from);
  if (!from) return refuse(422, "validation_error", wrongAddress("from"));
  const to = readAddresses(parsed.data.to);
  if (!to || to.length === 0) return refuse(422, "validation_error", wrongAddress("to"));
  if (to.length > MAX_RECIPIENTS) {
    return refuse(422, "validation_error", `The \`to\` field takes at most ${MAX_RECIPIENTS}.`);
  }
  const replyTo = readAddresses(parsed.data.reply_to ?? []);
  if (!replyTo) return refuse(422, "validation_error", wrongAddress("reply_to"));
  if (/[\r\n]/.test(subject)) {
    return refuse(422, "validation_error", "The `\\n` is not allowed in the `subject` field.");
  }
  if (Object.entries(headers ?? {}).some(isWrongHeader)) {
    return refuse(422, "validation_error", "Invalid `headers` field.");
  }
  if (tags?.some(({ name, value }) => !TAG.test(name) || !TAG.test(value))) {
    const rule = "Tags should only contain ASCII letters, numbers, underscores, or dashes.";
    return refuse(422, "validation_error", rule);
  }
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1).toLowerCase();
  if (!account.domains.includes(domain)) {
    return refuse(403, "validation_error", unverified(domain));
  }
  return {
    ok: true,
    mail: {
      from: from.address,
      fromName: from.name,
      to,
      replyTo,
      subject,
      text,
      html,
      headers: headers ?? {},
      tags: Object.fromEntries((tags ?? []).map(({ name, value }) => [name, value])),
    },
  };
}

const TAG = /^[A-Za-z0-9_-]{1,256}$/;

function missingField(json: unknown): string | null {
  const given = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const isMissing = (name: string) => given[name] === undefined || given[name] === null;
  const missing = ["from", "to", "subject"].find(isMissing);
  return missing ?? (isMissing("html") && isMissing("text") ? "html` or `text" : null);
}

/** `a@b` or `Name <a@b>`; null: neither. */
export function readAddress(line: string): { address: string; name: string | null } | null {
  if (/[\r\n]/.test(line)) return null;
  const named = /^(.*)<([^<>]*)>$/.exec(line.trim());
  const address = (named?.[2] ?? line).trim();
  if (!/^[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;.]+$/.test(address)) return null;
  return { address, name: readName(named?.[1] ?? "") };
}

/** Quotes around the name, and backslashes within them, are not part of it. */
function readName(text: string): string | null {
  const name = text.trim();
  const quoted = /^"(.*)"$/.exec(name);
  return (quoted?.[1]?.replace(/\\(.)/g, "$1") ?? name) || null;
}

function readAddresses(lines: readonly string[]): string[] | null {
  const read = lines.map((line) => readAddress(line)?.address);
  return read.every((one) => one !== undefined) ? read : null;
}

function isWrongHeader([name, value]: [string, string]): boolean {
  return !/^[!-9;-~]+$/.test(name) || /[\r\n]/.test(value);
}

function wrongAddress(field: string): string {
  return `Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`;
}

function unverified(domain: string): string {
  return `The ${domain} domain is not verified. Please, add and verify your domain on https://resend.com/domains`;
}

function refuse(statusCode: number, name: string, message: string): CheckOutcome {
  return { ok: false, error: mailError(statusCode, name, message) };
}
