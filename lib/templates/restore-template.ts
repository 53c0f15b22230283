import { listTemplateVersions } from "../../db/queries/templates";
import { lockTemplates } from "../../db/writes/templates";
import { findShipped } from "../domain/templates/template-id";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { findTemplate } from "./find-template";
import { storeVersion } from "./store-version";
import type { UpdateTemplateOutcome } from "./update-template";

type Restoring = { id: string; version: number; seenVersion: number | null };

/**
 * Makes an earlier version the newest one again; 0 are the shipped words. What was between stays among
 * the versions. Whether it is in use stays as it is.
 */
export async function restoreTemplate(
  deps: Pick<Deps, "db" | "clock">,
  by: Administrator,
  { id, version, seenVersion }: Restoring,
): Promise<UpdateTemplateOutcome> {
  const { workspaceId } = by;
  return deps.db.transaction(async (tx): Promise<UpdateTemplateOutcome> => {
    await lockTemplates(tx, workspaceId);
    const before = await findTemplate(tx, { workspaceId, id });
    const versions = await listTemplateVersions(tx, { workspaceId, id });
    const shipped = version === 0 ? findShipped(workspaceId, id) : null;
    const wanted = shipped ?? versions.find((one) => one.version === version);
    if (!before || !wanted || before.version === 0) return { kind: "not_found" };
    if (seenVersion !== null && seenVersion !== before.version) {
      return { kind: "changed", template: before };
    }
    const { event, channel, locale, isActive } = before;
    const { name, subject, body, variables, approved } = wanted;
    const input = { name, subject, body, variables, approved, event, channel, locale, isActive };
    const at = deps.clock.now();
    return storeVersion(tx, { by, at, before, id, input, action: "template.restored" });
  });
}
