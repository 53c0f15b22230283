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
    const earliest = new Map<string, Date>();
    for (const { accountId, due } of rung) {
      const known = earliest.get(accountId);
      if (!known || due < known) earliest.set(accountId, due);
    }
    const events = [...earliest].map(([accountId, at]) => ({
      kind: "dispatch" as const,
      accountId,
      at,
    }));
    if (events.length > 0) await deps.jobs.ring(events);
  } catch (error) {
    deps.log.warn(
      { error: String(error) },
      "[JOBS] a doorbell was lost; the sweep will find its work",
    );
  }
}
