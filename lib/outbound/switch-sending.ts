import { listIntegrations } from "../../db/queries/integrations";
import { insertAudit } from "../../db/writes/audit";
import { deleteSendingPauses, insertSendingPauses } from "../../db/writes/sending-pauses";
import type { Administrator } from "../domain/viewer";
import { PAUSE_SCOPES, type PauseScope } from "../domain/words";
import type { Deps } from "../ports/deps";
import { ringDoorbells } from "./ring-doorbells";

/** Is it to be paused? What is left out stays as it is. */
export type SendingSwitches = Partial<Record<PauseScope, boolean>>;

type Needs = Pick<Deps, "db" | "sql" | "clock" | "realtime" | "jobs" | "log">;

/**
 * Pauses all sending of the workspace, or a channel's, or lifts that (R203, R204, R205). What waits stays
 * queued and leaves as soon as nothing pauses it any more; system messages leave all the while. A pause
 * that is there already keeps who made it, and when.
 */
export async function switchSending(
  deps: Needs,
  by: Administrator,
  switches: SendingSwitches,
): Promise<void> {
  const { workspaceId, actor } = by;
  const at = deps.clock.now();
  const paused = PAUSE_SCOPES.filter((scope) => switches[scope] === true);
  const lifted = PAUSE_SCOPES.filter((scope) => switches[scope] === false);
  const changed = await deps.db.transaction(async (tx) => {
    const begun = await insertSendingPauses(tx, { workspaceId, scopes: paused, at, actor });
    const ended = await deleteSendingPauses(tx, { workspaceId, scopes: lifted });
    for (const [action, scopes] of [
      ["sending.paused", begun],
      ["sending.resumed", ended],
    ] as const) {
      if (scopes.length === 0) continue;
      const target = { type: "workspace", id: workspaceId };
      await insertAudit(tx, { workspaceId, at, actor, action, target, data: { scopes } });
    }
    return { begun, ended };
  });
  if (changed.begun.length + changed.ended.length === 0) return;
  deps.realtime.announce([{ kind: "workspace", workspaceId }]);
  if (changed.ended.length > 0) await ringAll(deps, by, at);
}

/** What has waited leaves at once; a sender that owes nothing ends its run as soon as it has looked. */
async function ringAll(deps: Needs, { workspaceId }: Administrator, due: Date) {
  const senders = await listIntegrations(deps.db, { workspaceId, integrations: "all" });
  const bells = senders.map(({ id: integrationId }) => ({ integrationId, due }));
  await ringDoorbells(deps, bells);
}
