import type { StoppedIntegration } from "../../db/queries/system/outbox";
import { PAUSE_BATCH, pauseDue } from "../../db/writes/paused";
import { PAUSE_REASONS } from "../domain/settle-outcome";
import type { Deps } from "../ports/deps";
import { announceMessages } from "./announce-messages";

/** Pauses what stopped senders owe and is due. Returns how many. */
export async function pauseStopped(
  deps: Pick<Deps, "sql" | "clock" | "realtime">,
  stopped: readonly StoppedIntegration[],
): Promise<number> {
  let count = 0;
  for (const { id, scope, code } of stopped) {
    const pause = { integrationId: id, reason: PAUSE_REASONS[scope], code };
    for (;;) {
      const paused = await pauseDue(deps.sql, { ...pause, now: deps.clock.now() });
      announceMessages(deps, paused);
      count += paused.length;
      if (paused.length < PAUSE_BATCH) break;
    }
  }
  return count;
}
