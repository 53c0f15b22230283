import type { Words } from "../notification-words";
import {
  type FilledTemplate,
  fillTemplate,
  findTemplateFault,
  type TemplateVariable,
} from "../whatsapp-template";
import type { WorkspaceId } from "../workspace-id";
import { renderTemplate } from "./render-template";
import type { ApprovedContent, Template, TemplateWords } from "./template";
import { placeKey } from "./template-id";
import type { Filling } from "./word-template";

/** A text that WhatsApp has approved, as its account has it. */
export type ProviderContent = {
  readonly contentSid: string;
  readonly name: string;
  readonly body: string;
  readonly variables: readonly TemplateVariable[];
};

/** The words that a workspace has put in the place of the shipped ones, and may send. */
export type TemplateBook = {
  readonly workspaceId: WorkspaceId;
  /** Name of the workspace, which e-mails carry. */
  readonly brand: string;
  /** Active ones, by `placeKey`. */
  readonly own: ReadonlyMap<string, Template>;
  /** Approved ones, by `<integration> <content SID>`. */
  readonly contents: ReadonlyMap<string, ProviderContent>;
};

/** What was written with which template. */
export type TemplateUse = {
  /** null: of no template. */
  readonly templateId: string | null;
  /** WhatsApp outside the 24 h: sent by its content SID, in the place of a text. */
  readonly approved: FilledTemplate | null;
};

export type WordsOfTemplate = Words & TemplateUse;

type Wanted = { event: string; locale: TemplateWords["locale"]; integrationId: string };
export type Approved = { template: Template; content: ApprovedContent; text: ProviderContent };

/** What may be sent on WhatsApp outside the 24 h about an event; null: nothing is approved. */
export function findApproved(book: TemplateBook, wanted: Wanted): Approved | null {
  const { event, locale, integrationId } = wanted;
  const template = book.own.get(placeKey({ event, channel: "whatsapp", locale }));
  return template ? approvedOf(book, template, integrationId) : null;
}

/** The same of a template that is known. */
export function approvedOf(
  { contents }: Pick<TemplateBook, "contents">,
  template: Template,
  integrationId: string,
): Approved | null {
  const content = template.approved[integrationId];
  const text = content && contents.get(`${integrationId} ${content.contentSid}`);
  return text ? { template, content, text } : null;
}

/**
 * An approved text with its places filled; the values are brought into the form that WhatsApp takes.
 *
 * @returns null: a place stays empty, or a value cannot be made; nothing may be sent by it then
 */
export function wordApproved(
  { template, content, text }: Approved,
  { data, zone }: Pick<Filling, "data" | "zone">,
): { body: string; approved: FilledTemplate } | null {
  const { variables: known, locale } = template;
  const values: Record<string, string> = {};
  for (const { name } of text.variables) {
    const source = content.variables[name] ?? "";
    const rendered = renderTemplate(source, { variables: known, data, locale, zone });
    if (!rendered.ok) return null;
    values[name] = rendered.text.replaceAll(/\s+/g, " ").trim();
  }
  if (findTemplateFault(text, values)) return null;
  const { contentSid, name } = text;
  return {
    body: fillTemplate(text.body, values),
    approved: { contentSid, name, variables: values },
  };
}
