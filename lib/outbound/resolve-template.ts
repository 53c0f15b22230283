import type { Database } from "../../db/client";
import { findTemplate, type TemplateRow } from "../../db/queries/whatsapp-templates";
import type { FilledTemplate } from "../domain/whatsapp-template";
import { fillTemplate, findTemplateFault, type TemplateFault } from "../domain/whatsapp-template";
import type { WorkspaceId } from "../domain/workspace-id";

export type TemplateRefusal = {
  kind: "refused";
  code: "template_not_found" | "template_not_approved" | TemplateFault["code"];
  message: string;
};

type Wanted = {
  workspaceId: WorkspaceId;
  integrationId: string;
  /** A content SID or a name. */
  ref: string;
  variables: Readonly<Record<string, string>>;
  /** ISO 639-1; which of several of one name. */
  language: string | null;
};

type Resolved = { kind: "filled"; body: string; template: FilledTemplate } | TemplateRefusal;

/** The approved template that is meant, filled: its text is what the thread shows and the person reads. */
export async function resolveTemplate(db: Database, wanted: Wanted): Promise<Resolved> {
  return fillProviderTemplate(await findTemplate(db, wanted), wanted);
}

/** @param found what its name means at the sender's account; null: nothing */
export function fillProviderTemplate(
  found: TemplateRow | null,
  { ref, variables }: Pick<Wanted, "ref" | "variables">,
): Resolved {
  if (!found) {
    const message = `There is no template ${ref} for this sender: refresh the templates in Settings`;
    return { kind: "refused", code: "template_not_found", message };
  }
  if (found.status !== "approved") {
    const message = `WhatsApp has not approved the template ${found.name}: it is ${found.status}`;
    return { kind: "refused", code: "template_not_approved", message };
  }
  const fault = findTemplateFault(found, variables);
  if (fault) return { kind: "refused", code: fault.code, message: fault.message };
  const { contentSid, name, body } = found;
  return {
    kind: "filled",
    body: fillTemplate(body, variables),
    template: { contentSid, name, variables },
  };
}
