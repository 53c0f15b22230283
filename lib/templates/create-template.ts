import { findOwnTemplate } from "../../db/queries/templates";
import { lockTemplates } from "../../db/writes/templates";
import { CUSTOM_EVENT } from "../domain/templates/template";
import { templateId } from "../domain/templates/template-id";
import type { TemplateInput } from "../domain/templates/template-input";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { type Stored, storeVersion } from "./store-version";

export type CreateTemplateOutcome =
  | Stored
  /** The workspace has its own words there already: change those. */
  | { kind: "exists"; id: string };

/**
 * R105: a workspace's own words: in the place of the shipped ones of an event, channel and language, or
 * a custom template beside them.
 */
export async function createTemplate(
  deps: Pick<Deps, "db" | "clock" | "chance">,
  by: Administrator,
  input: TemplateInput,
): Promise<CreateTemplateOutcome> {
  const { workspaceId } = by;
  const id = input.event === CUSTOM_EVENT ? deps.chance.uuid() : templateId(workspaceId, input);
  return deps.db.transaction(async (tx): Promise<CreateTemplateOutcome> => {
    await lockTemplates(tx, workspaceId);
    if (await findOwnTemplate(tx, { workspaceId, id })) return { kind: "exists", id };
    const at = deps.clock.now();
    return storeVersion(tx, { by, at, before: null, id, input, action: "template.created" });
  });
}
