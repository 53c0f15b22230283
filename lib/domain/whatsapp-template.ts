/** A text that WhatsApp has approved beforehand, with places to fill; sent by its content SID. */
export type TemplateVariable = {
  /** As between the braces: `1` or `first_name`. */
  readonly name: string;
  readonly sample: string;
};

/** An approved text that is sent, with the values in its places. */
export type FilledTemplate = {
  readonly contentSid: string;
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
};

export const TEMPLATE_STATUSES = [
  "approved",
  "pending",
  "rejected",
  "paused",
  "disabled",
  "unsubmitted",
] as const;
export type TemplateStatus = (typeof TEMPLATE_STATUSES)[number];

/** Twilio: 1,024 characters is what WhatsApp takes in a body, values included. */
const MAX_FILLED = 1024;
const PLACE = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** The variables of a body in the order in which they first stand there. */
export function variablesOf(
  body: string,
  samples: Readonly<Record<string, string>>,
): TemplateVariable[] {
  const names = [...body.matchAll(PLACE)].map((match) => match[1] ?? "");
  return [...new Set(names)].map((name) => ({ name, sample: samples[name] ?? "" }));
}

/** The text that the person reads. A place without a value keeps its braces. */
export function fillTemplate(body: string, values: Readonly<Record<string, string>>): string {
  return body.replace(PLACE, (place, name: string) => values[name] ?? place);
}

export type TemplateFault =
  | { code: "template_variable_missing"; variable: string; message: string }
  | { code: "template_variable_unknown"; variable: string; message: string }
  | { code: "template_variable_invalid"; variable: string; message: string }
  | { code: "message_too_long"; variable: null; message: string };

type Template = { body: string; variables: readonly TemplateVariable[] };

/**
 * What is wrong with the values given for a template; null: nothing. WhatsApp refuses an empty value,
 * and one with line breaks, tabs or more than four spaces in a row.
 */
export function findTemplateFault(
  { body, variables }: Template,
  values: Readonly<Record<string, string>>,
): TemplateFault | null {
  const names = variables.map(({ name }) => name);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const list = names.length > 0 ? names.join(", ") : "none";
    const message = `The template has no variable ${unknown}; its variables: ${list}`;
    return { code: "template_variable_unknown", variable: unknown, message };
  }
  const missing = names.find((name) => !values[name]?.trim());
  if (missing !== undefined) {
    const message = `The template needs a value for ${missing}`;
    return { code: "template_variable_missing", variable: missing, message };
  }
  const broken = names.find((name) => /[\n\r\t]| {5,}/.test(values[name] ?? ""));
  if (broken !== undefined) {
    const message = `${broken} may have no line breaks, tabs or more than four spaces in a row`;
    return { code: "template_variable_invalid", variable: broken, message };
  }
  const length = fillTemplate(body, values).length;
  if (length <= MAX_FILLED) return null;
  const message = `The filled text has ${length} characters; ${MAX_FILLED} are the most`;
  return { code: "message_too_long", variable: null, message };
}

/** The provider's word for an approval, in ours; what is new to us is not to be sent. */
export function readTemplateStatus(word: string | null | undefined): TemplateStatus {
  const status = word?.toLowerCase() ?? "";
  if (status === "received") return "pending";
  return TEMPLATE_STATUSES.find((known) => known === status) ?? "unsubmitted";
}
