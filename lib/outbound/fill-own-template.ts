import type { Database } from "../../db/client";
import { findContents, findTemplatesByRefs } from "../../db/queries/templates";
import { findWorkspace } from "../../db/queries/workspaces";
import { TEMPLATE_EVENTS, type Template } from "../domain/templates/template";
import { approvedOf, type ProviderContent, wordApproved } from "../domain/templates/template-book";
import { shippedTemplates } from "../domain/templates/template-id";
import { type Worded, wordTemplate } from "../domain/templates/word-template";
import { valueFaultMessage } from "../domain/templates/word-type";
import type { FilledTemplate } from "../domain/whatsapp-template";
import type { Channel, Locale } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { EmailParts } from "./enqueue-message";
import type { TemplateRefusal } from "./resolve-template";

type Wanted = {
  workspaceId: WorkspaceId;
  integrationId: string;
  channel: Channel;
  /** Id or name of a template of the workspace, or key of a type. */
  ref: string;
  variables: Readonly<Record<string, unknown>>;
  /** Which of several of one name; null: the workspace's language. */
  language: string | null;
};

/** A message in a template's words. */
export type FilledWords = {
  kind: "filled";
  body: string;
  email: EmailParts | null;
  /** WhatsApp: sent by its content SID. */
  template: FilledTemplate | null;
  templateId: string;
};

/** The workspace's own templates of some names, with all that fills them. */
export type NamedTemplates = {
  readonly workspace: { readonly name: string; readonly timeZone: string; readonly locale: Locale };
  /** On every channel and in every language. */
  readonly byRef: ReadonlyMap<string, readonly Template[]>;
  readonly contents: ReadonlyMap<string, ProviderContent>;
};

/** Reads what messages name, for all of them at once. */
export async function readNamedTemplates(
  db: Database,
  { workspaceId, refs }: { workspaceId: WorkspaceId; refs: readonly string[] },
): Promise<NamedTemplates> {
  const workspace = await findWorkspace(db, workspaceId);
  if (!workspace) throw new Error("a workspace id is of a workspace");
  const byRef = await findTemplatesByRefs(db, { workspaceId, refs });
  const contents = await findContents(db, { workspaceId, own: [...byRef.values()].flat() });
  return { workspace, byRef, contents };
}

/**
 * A template of the workspace filled for one message. On WhatsApp its approved text is sent where it has
 * one for the sender, since that one passes at any hour.
 *
 * @param named read for the name that is wanted, among others
 * @returns null: the workspace has no active template of that name on the channel
 */
export function fillOwnTemplate(
  { workspace, byRef, contents }: NamedTemplates,
  { workspaceId, integrationId, channel, ref, variables: data, language }: Wanted,
): FilledWords | TemplateRefusal | null {
  const own = (byRef.get(ref) ?? []).filter((one) => one.channel === channel);
  const all = [...own, ...findShippedByRef({ workspaceId, ref, channel })];
  const template = choose(all, [language, workspace.locale]);
  if (!template) return null;
  const filling = { data, zone: workspace.timeZone, brand: workspace.name };
  const worded = wordTemplate(template, filling);
  if (!worded.ok) return refusalOf(worded);
  const { words } = worded;
  const found = approvedOf({ contents }, template, integrationId);
  const approved = found && wordApproved(found, filling);
  return {
    kind: "filled",
    body: approved?.body ?? words.body,
    email: channel === "email" ? { subject: words.subject, html: words.html } : null,
    template: approved?.approved ?? null,
    templateId: template.id,
  };
}

type Ref = Pick<Wanted, "workspaceId" | "ref" | "channel">;

function findShippedByRef({ workspaceId, ref, channel }: Ref): Template[] {
  const isId = !TEMPLATE_EVENTS.includes(ref);
  return shippedTemplates(workspaceId).filter(
    (one) => one.channel === channel && (isId ? one.id === ref.toLowerCase() : one.event === ref),
  );
}

/** The workspace's own come first, so that shipped ones stand in only where it has none. */
function choose(all: readonly Template[], languages: readonly (Locale | string | null)[]) {
  for (const language of languages) {
    const found = all.find(({ locale }) => locale === language);
    if (found) return found;
  }
  return all[0] ?? null;
}

function refusalOf({ faults }: Worded & { ok: false }): TemplateRefusal {
  for (const fault of faults) {
    if (!("fault" in fault)) continue;
    const isMissing = fault.fault === "missing";
    const code = isMissing ? "template_variable_missing" : "template_variable_invalid";
    const message = `${fault.name}: ${valueFaultMessage(fault.fault)}`;
    return { kind: "refused", code, message };
  }
  const message = "The template cannot be filled with these values";
  return { kind: "refused", code: "template_variable_invalid", message };
}
