import { type Doorbell, rememberBells } from "../../db/writes/doorbells";
import type { Deps } from "../ports/deps";

export type { Doorbell };

/**
 * Says that there is work for these senders from `due` on. Call after the commit. Never throws: a
 * bell that is lost is found by the minute's sweep.
 */
export async function ringDoorbells(
  deps: Pick<Deps, "sql" | "clock" | "jobs" | "log">,
  bells: readonly Doorbell[],
): Promise<void> {
  if (bells.length === 0) return;
  try {
    const rung = await rememberBells(deps.sql, bells, deps.clock.now());
    const events = new Map(
      rung.map(({ accountId, due: at }) => {
        return [`${accountId} ${at.getTime()}`, { kind: "dispatch" as const, accountId, at }];
      }),
    );
    if (events.size > 0) await deps.jobs.ring([...events.values()]);
  } catch (error) {
    deps.log.warn(
      { error: String(error) },
      "[JOBS] a doorbell was lost; the sweep will find its work",
    );
  }
}
