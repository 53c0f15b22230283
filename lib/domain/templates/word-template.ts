import { findBodyFault } from "../message-body";
import type { Words } from "../notification-words";
import type { Channel } from "../words";
import type { TemplateFault } from "./check-template";
import { layOutEmail } from "./email-layout";
import { asParagraphs, isLaidOut, textOfHtml } from "./html-text";
import { type Rendered, renderTemplate } from "./render-template";
import type { TemplateWords } from "./template";
import type { ValueFault } from "./variables";

export type Filling = {
  readonly data: Readonly<Record<string, unknown>>;
  /** IANA zone in which the recipient reads the clock. */
  readonly zone: string;
  /** Name of the workspace, which e-mails carry. */
  readonly brand: string;
};

export type Worded =
  | { ok: true; words: Words }
  | { ok: false; faults: readonly (TemplateFault | ValueFault)[] };

/**
 * What a template says, filled: of an e-mail a subject of one line, HTML in the layout, and a text part
 * that says the same. Nothing is left out in silence: what cannot be filled is named.
 */
export function wordTemplate(template: TemplateWords, filling: Filling): Worded {
  const isEmail = template.channel === "email";
  const subject = wordSubject(template, filling);
  const body = fill(template, template.body, { ...filling, isHtml: isEmail });
  if (!subject.ok || !body.ok) {
    return { ok: false, faults: [...faultsOf(subject), ...faultsOf(body)] };
  }
  const title = subject.text;
  if (!isEmail) return { ok: true, words: { subject: title, body: body.text, html: null } };
  const content = isLaidOut(template.body) ? body.text : asParagraphs(body.text);
  const { brand } = filling;
  const html = layOutEmail({ title, content, brand, locale: template.locale });
  return { ok: true, words: { subject: title, body: textOfHtml(content), html } };
}

/** Its subject alone, in one line; empty where it has none. */
export function wordSubject(template: TemplateWords, filling: Filling): Rendered {
  const filled = fill(template, template.subject ?? "", filling);
  return filled.ok ? { ok: true, text: filled.text.replaceAll(/\s+/g, " ").trim() } : filled;
}

/** Why an outbox would not take these words, whatever was written; null: it would. */
export function findWordsFault({ subject, body, html }: Words, channel: Channel) {
  const email = channel === "email" ? { subject, html } : null;
  return findBodyFault({ carriage: channel, body, files: [], email });
}

function faultsOf(rendered: Rendered) {
  return rendered.ok ? [] : rendered.faults;
}

function fill(
  { variables, locale }: TemplateWords,
  source: string,
  { data, zone, isHtml = false }: Filling & { isHtml?: boolean },
) {
  return renderTemplate(source, { variables, data, locale, zone, isHtml });
}
