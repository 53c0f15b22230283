import { findStopOf } from "../../db/queries/stopped-senders";
import { insertAudit } from "../../db/writes/audit";
import type { ChangedMessage } from "../../db/writes/outbox";
import { dropPausedBatch, PAUSE_BATCH, releasePausedBatch } from "../../db/writes/paused";
import { PAUSE_REASONS } from "../domain/settle-outcome";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { announceMessages } from "./announce-messages";
import { renewPausedLinks } from "./renew-paused-links";
import { ringDoorbells } from "./ring-doorbells";

type Needs = Pick<Deps, "db" | "sql" | "clock" | "realtime" | "jobs" | "log" | "settings">;

export type ReleaseOutcome =
  | { kind: "released"; sent: number; dropped: number }
  | { kind: "not_found" }
  /** Sending them would only pause them again. */
  | { kind: "still_stopped"; code: string | null };

type ReleaseInput = {
  integrationId: string;
  /** Those that should have left before this moment are dropped; null: all are sent. */
  dropBefore: Date | null;
};

/**
 * After the repair: sends what has waited on a sender, oldest first, or drops what is too old by now
 * (Sending 5). In batches: broken off, the rest still waits and is asked about again.
 */
export async function releasePaused(
  deps: Needs,
  by: Administrator,
  { integrationId, dropBefore }: ReleaseInput,
): Promise<ReleaseOutcome> {
  const { workspaceId, actor } = by;
  const stop = await findStopOf(deps.sql, { workspaceId, integrationId });
  if (!stop) return { kind: "not_found" };
  if (stop.isStopped) return { kind: "still_stopped", code: stop.code };
  const waiting = {
    workspaceId,
    integrationId,
    reasons: Object.values(PAUSE_REASONS),
    now: deps.clock.now(),
    actorUserId: actor.kind === "user" ? actor.userId : null,
  };
  const dropped = dropBefore
    ? await inBatches(deps, () => dropPausedBatch(deps.sql, { ...waiting, dueBefore: dropBefore }))
    : 0;
  const { reasons } = waiting;
  await renewPausedLinks(deps, { workspaceId, integrationId, reasons });
  const sent = await inBatches(deps, () =>
    releasePausedBatch(deps.sql, { ...waiting, dueBefore: null }),
  );
  await insertAudit(deps.db, {
    workspaceId,
    at: waiting.now,
    actor,
    action: "messages.released",
    target: { type: "integration", id: integrationId },
    data: { sent, dropped },
  });
  await ringDoorbells(deps, [{ integrationId, due: waiting.now }]);
  return { kind: "released", sent, dropped };
}

async function inBatches(deps: Needs, next: () => Promise<ChangedMessage[]>): Promise<number> {
  let count = 0;
  for (;;) {
    const changed = await next();
    announceMessages(deps, changed);
    count += changed.length;
    if (changed.length < PAUSE_BATCH) return count;
  }
}
