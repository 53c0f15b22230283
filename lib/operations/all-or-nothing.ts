import type { Database } from "../../db/client";
import type { Deps } from "../ports/deps";
import type { Bell } from "../ports/jobs";
import type { Change } from "../ports/realtime";

class TakenBack extends Error {}

/**
 * Runs several stages as one: they work in one transaction, and what they announce or ring is held
 * until it is committed. When `isGood` says no to the outcome, everything is taken back.
 */
export async function allOrNothing<T>(
  deps: Deps,
  { run, isGood }: { run: (deps: Deps) => Promise<T>; isGood: (outcome: T) => boolean },
): Promise<T> {
  const held = { changes: [] as Change[], bells: [] as Bell[] };
  const refused: { outcome?: T } = {};
  try {
    const outcome = await deps.db.transaction(async (tx) => {
      const given = await run(heldBack(deps, tx, held));
      if (isGood(given)) return given;
      refused.outcome = given;
      throw new TakenBack();
    });
    if (held.changes.length > 0) deps.realtime.announce(held.changes);
    if (held.bells.length > 0) await deps.jobs.ring(held.bells);
    return outcome;
  } catch (error) {
    if (error instanceof TakenBack) return refused.outcome as T;
    throw error;
  }
}

function heldBack(deps: Deps, tx: Database, held: { changes: Change[]; bells: Bell[] }): Deps {
  return {
    ...deps,
    db: tx,
    realtime: { announce: (changes) => void held.changes.push(...changes) },
    jobs: {
      ring: async (bells) => {
        held.bells.push(...bells);
      },
    },
  };
}
