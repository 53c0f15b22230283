import { listNextInLine } from "../../db/queries/system/pace";
import { leavesAt } from "../domain/fit-to-pace";
import type { Deps } from "../ports/deps";
import { fillBuckets, measureNext, type Pacing } from "./pacing";
import type { Doorbell } from "./ring-doorbells";

const NONE = { interactive: 0, normal: 0 };

/** Bells for rows that are due now but wait for a pace: they ring when the next token is there. */
export async function holdToPace(
  deps: Pick<Deps, "sql" | "clock">,
  pacing: Pacing,
  { bells, now, settledBefore }: { bells: readonly Doorbell[]; now: Date; settledBefore: Date },
): Promise<Doorbell[]> {
  const senders = bells
    .filter((bell) => bell.due <= now)
    .map(({ integrationId: id }) => ({ id, busy: NONE, most: 1 }));
  const waiting = await listNextInLine(deps.sql, { senders, now, settledBefore });
  const { buckets } = fillBuckets(deps, pacing);
  return bells.map((bell) => {
    const first = waiting.find((row) => row.integrationId === bell.integrationId);
    if (!first || bell.due > now) return bell;
    return { ...bell, due: new Date(leavesAt(measureNext(first), buckets, now.getTime())) };
  });
}
