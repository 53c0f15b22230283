import type { Sql } from "../../db/client";
import type { AttemptState, CallbackState, Signer } from "../../db/queries/system/attempt-states";
import type { ClaimedMessage } from "../../db/writes/outbox";
import type { Deps } from "../ports/deps";
import type { StatusReport } from "./apply-status";

/*
 * How this process has left the attempts of which callbacks are to come: by its claim, by the end of its
 * create, by an earlier callback. It is what was true then: whoever takes it has to ask the database
 * whether it still is.
 */

type Named = Pick<StatusReport, "messageId" | "attempt">;
type Kept = Map<string, CallbackState>;

/** Some half a kilobyte each; past it the longest kept is let go. */
const MOST = 10_000;

/** Next bundles the dispatcher apart from the launcher's doors: one process, one memory. */
const holder = globalThis as typeof globalThis & { carillonKeptAttempts?: WeakMap<Sql, Kept> };
holder.carillonKeptAttempts ??= new WeakMap();
const keptBy = holder.carillonKeptAttempts;

export function keepAttempt({ sql }: Pick<Deps, "sql">, named: Named, state: CallbackState) {
  const kept = keptBy.get(sql) ?? new Map<string, CallbackState>();
  keptBy.set(sql, kept);
  kept.set(nameOf(named), state);
  if (kept.size <= MOST) return;
  const [longest] = kept.keys();
  if (longest !== undefined) kept.delete(longest);
}

/** The first callback may come before its create is answered. Written out: it comes with every message. */
export function keepClaimed(deps: Pick<Deps, "sql">, message: ClaimedMessage, signer: Signer) {
  const seen: AttemptState = {
    workspaceId: message.workspaceId,
    conversationId: message.conversationId,
    integrationId: message.integrationId,
    accountId: signer.accountId,
    channel: message.channel,
    messageStatus: message.status,
    messageAttempt: message.attempt,
    messageProviderId: null,
    attemptStatus: null,
    attemptProviderId: null,
    attemptOutcome: null,
    carrierAt: null,
  };
  keepAttempt(deps, { messageId: message.id, attempt: message.attempt }, { signer, seen });
}

/** Its create was accepted, and that is recorded; where a callback was first, what that one left holds. */
export function keepAccepted({ sql }: Pick<Deps, "sql">, named: Named, providerId: string) {
  const state = keptBy.get(sql)?.get(nameOf(named));
  if (!state?.seen || state.seen.attemptStatus !== null) return;
  state.seen = {
    ...state.seen,
    messageStatus: "accepted",
    messageProviderId: providerId,
    attemptStatus: "accepted",
    attemptProviderId: providerId,
    attemptOutcome: "accepted",
  };
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
