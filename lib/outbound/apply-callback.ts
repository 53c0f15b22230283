import {
  type CallbackState,
  findCallbackStates,
  type Signer,
} from "../../db/queries/system/attempt-states";
import { isFinal } from "../domain/message-status";
import { shareStatement } from "../operations/share-statement";
import type { Deps } from "../ports/deps";
import {
  type AppliedOnce,
  type ApplyOutcome,
  applyOnce,
  applyStatus,
  type StatusReport,
} from "./apply-status";
import { keepAttempt, takeAttempt } from "./kept-attempts";

type Needs = Parameters<typeof applyStatus>[0] & Pick<Deps, "cipher">;

type Callback = {
  report: StatusReport;
  /** By which account it says that it is sent. */
  accountSid: string;
  /** Is it signed with one of these? */
  isSigned: (tokens: readonly string[]) => boolean;
};

export type CallbackOutcome =
  | ApplyOutcome
  /** No outbound message of ours, or not of this account. */
  | { kind: "unknown_message" }
  | { kind: "not_signed" };

/**
 * Applies a status callback of whoever knows the token of the message's account. How an earlier one has left
 * the attempt is kept for the next, which then needs no look: it is recorded only if nothing has moved
 * since, the account's token included.
 *
 * @throws when the database does not answer
 */
export async function applyCallback(deps: Needs, callback: Callback): Promise<CallbackOutcome> {
  const kept = takeAttempt(deps, callback.report);
  const known = kept && (await applyTo(deps, callback, kept));
  if (known?.kind === "applied") return known;
  const { state } = await look(deps, callback.report);
  if (!state) return { kind: "unknown_message" };
  const outcome = await applyTo(deps, callback, state);
  return outcome.kind === "moved" ? applyStatus(deps, callback.report) : outcome;
}

async function applyTo(
  deps: Needs,
  { report, accountSid, isSigned }: Callback,
  { signer, seen }: CallbackState,
): Promise<CallbackOutcome | { kind: "moved" }> {
  if (signer.accountSid !== accountSid) return { kind: "unknown_message" };
  if (!isSigned(openTokens(deps, signer))) return { kind: "not_signed" };
  if (!seen) return { kind: "unknown_attempt" };
  const once = await applyOnce(deps, report, { seen, signer });
  if (once.kind !== "applied") return once;
  keep(deps, report, { signer, seen: once.left });
  const { kind, status, hasChanged } = once;
  return { kind, status, hasChanged };
}

/** Nothing more is to come after a last word, and of what was adopted from an earlier attempt each is read. */
function keep(
  deps: Needs,
  report: StatusReport,
  state: CallbackState & { seen: AppliedOnce["left"] },
) {
  const { messageStatus, messageAttempt } = state.seen;
  if (!isFinal(messageStatus) && messageAttempt === report.attempt) {
    keepAttempt(deps, report, state);
  }
}

type Looked = { state: CallbackState | null };

/** One look changes nothing, so any may share it. */
const look = shareStatement<Pick<StatusReport, "messageId" | "attempt">, Looked>({
  name: "looks of status callbacks",
  keysOf: () => [],
  together: async (sql, named) =>
    (await findCallbackStates(sql, named)).map((state) => ({ state })),
  alone: async (sql, named) => {
    const [state = null] = await findCallbackStates(sql, [named]);
    return { state };
  },
});

/** What the account may have signed with. */
function openTokens(
  { cipher, log }: Pick<Deps, "cipher" | "log">,
  { accountId, tokenSealed, nextTokenSealed }: Signer,
): string[] {
  return [tokenSealed, nextTokenSealed].flatMap((sealed) => {
    try {
      return sealed === null ? [] : [cipher.open(sealed)];
    } catch (error) {
      log.error({ accountId, error: String(error) }, "[SMS] An account's token cannot be opened");
      return [];
    }
  });
}
