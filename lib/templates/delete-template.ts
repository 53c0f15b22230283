import { findOwnTemplate, isTemplateUsed } from "../../db/queries/templates";
import { insertAudit } from "../../db/writes/audit";
import { deleteTemplateRow, lockTemplates } from "../../db/writes/templates";
import { findShipped } from "../domain/templates/template-id";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";

export type DeleteTemplateOutcome =
  | { kind: "deleted" }
  | { kind: "not_found" }
  /** Messages were written with it: disable it instead, so that it can be looked up. */
  | { kind: "in_use" }
  /** As shipped: there is nothing of the workspace's own to take away. */
  | { kind: "is_shipped" };

/** Takes away words that nothing was written with; of a type the shipped ones hold again. */
export async function deleteTemplate(
  deps: Pick<Deps, "db" | "clock">,
  by: Administrator,
  { id }: { id: string },
): Promise<DeleteTemplateOutcome> {
  const { workspaceId, actor } = by;
  const at = deps.clock.now();
  return deps.db.transaction(async (tx): Promise<DeleteTemplateOutcome> => {
    await lockTemplates(tx, workspaceId);
    const own = await findOwnTemplate(tx, { workspaceId, id });
    if (!own) return { kind: findShipped(workspaceId, id) ? "is_shipped" : "not_found" };
    if (await isTemplateUsed(tx, { workspaceId, id, since: own.createdAt })) {
      return { kind: "in_use" };
    }
    await deleteTemplateRow(tx, { workspaceId, id });
    const { name, event, channel, locale } = own;
    const target = { type: "template", id };
    const data = { name, event, channel, locale };
    await insertAudit(tx, { workspaceId, at, actor, action: "template.deleted", target, data });
    return { kind: "deleted" };
  });
}
