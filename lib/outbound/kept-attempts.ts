import type { Sql } from "../../db/client";
import type { CallbackState } from "../../db/writes/status-reports";
import type { Deps } from "../ports/deps";
import type { StatusReport } from "./apply-status";

/*
 * How status callbacks have left the attempts that more are to come of, in this process. It is what was true
 * then: whoever takes it has to ask the database whether it still is.
 */

type Named = Pick<StatusReport, "messageId" | "attempt">;

/** Some half a kilobyte each; past it the longest kept is let go. */
const MOST = 10_000;

const keptBy = new WeakMap<Sql, Map<string, CallbackState>>();

export function keepAttempt({ sql }: Pick<Deps, "sql">, named: Named, state: CallbackState) {
  const kept = keptBy.get(sql) ?? new Map<string, CallbackState>();
  keptBy.set(sql, kept);
  kept.set(nameOf(named), state);
  if (kept.size <= MOST) return;
  const [longest] = kept.keys();
  if (longest !== undefined) kept.delete(longest);
}

/** It is not kept any more; null: it was not. */
export function takeAttempt({ sql }: Pick<Deps, "sql">, named: Named): CallbackState | null {
  const kept = keptBy.get(sql);
  const name = nameOf(named);
  const state = kept?.get(name) ?? null;
  kept?.delete(name);
  return state;
}

function nameOf({ messageId, attempt }: Named): string {
  return `${messageId} ${attempt}`;
}
