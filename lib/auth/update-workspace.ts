import { listIntegrations } from "../../db/queries/integrations";
import { insertAudit } from "../../db/writes/audit";
import { updateWorkspaceRow } from "../../db/writes/users";
import type { Administrator } from "../domain/viewer";
import type { Locale } from "../domain/words";
import { ringDoorbells } from "../outbound/ring-doorbells";
import type { Deps } from "../ports/deps";

type Changes = {
  name?: string;
  /** ISO 3166-1 alpha-2. */
  defaultCountry?: string;
  /** IANA name. */
  timeZone?: string;
  locale?: Locale;
  /** Messages over all senders; null: as fast as they may. */
  pacePerMinute?: number | null;
  /** Of a message that is refused for now. */
  maxAttempts?: number;
  /** Before its second try in the normal lane. */
  retryDelaySeconds?: number;
};

/** The workspace's own settings; only the fields that are given. */
export async function updateWorkspace(
  deps: Pick<Deps, "db" | "sql" | "clock" | "jobs" | "log">,
  by: Administrator,
  changes: Changes,
): Promise<void> {
  const { workspaceId, actor } = by;
  await deps.db.transaction(async (tx) => {
    await updateWorkspaceRow(tx, workspaceId, changes);
    await insertAudit(tx, {
      workspaceId,
      at: deps.clock.now(),
      actor,
      action: "workspace.updated",
      target: { type: "workspace", id: workspaceId },
      data: { ...changes },
    });
  });
  if (changes.pacePerMinute === undefined) return;
  // What has waited for the old pace may leave sooner.
  const due = deps.clock.now();
  const senders = await listIntegrations(deps.db, { workspaceId, integrations: "all" });
  await ringDoorbells(
    deps,
    senders.map(({ id: integrationId }) => ({ integrationId, due })),
  );
}
