import { lockTemplates } from "../../db/writes/templates";
import type { Template } from "../domain/templates/template";
import type { TemplateInput } from "../domain/templates/template-input";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { findTemplate } from "./find-template";
import { type Stored, storeVersion } from "./store-version";

export type UpdateTemplateOutcome =
  | Stored
  | { kind: "not_found" }
  /** Somebody saved it meanwhile: nothing was stored, this is how it is now. */
  | { kind: "changed"; template: Template };

export type TemplateChanges = Omit<TemplateInput, "event" | "channel" | "locale">;

type Updating = {
  id: string;
  changes: TemplateChanges;
  /** The version that the writer has seen, 0 as shipped; null: they do not say. */
  seenVersion: number | null;
};

/** Writes a template anew. The first change of a shipped one makes it the workspace's own. */
export async function updateTemplate(
  deps: Pick<Deps, "db" | "clock">,
  by: Administrator,
  { id, changes, seenVersion }: Updating,
): Promise<UpdateTemplateOutcome> {
  const { workspaceId } = by;
  return deps.db.transaction(async (tx): Promise<UpdateTemplateOutcome> => {
    await lockTemplates(tx, workspaceId);
    const before = await findTemplate(tx, { workspaceId, id });
    if (!before) return { kind: "not_found" };
    if (seenVersion !== null && seenVersion !== before.version) {
      return { kind: "changed", template: before };
    }
    const { event, channel, locale } = before;
    const input = { ...changes, event, channel, locale };
    const at = deps.clock.now();
    return storeVersion(tx, { by, at, before, id, input, action: "template.saved" });
  });
}
