import type { AccountCosts } from "../../db/queries/system/costs";
import { type AttemptResult, recordResults } from "../../db/writes/attempts";
import { dropImported } from "../../db/writes/imported";
import type { ChangedMessage, ClaimedMessage } from "../../db/writes/outbox";
import { recordProviderOptOuts } from "../../db/writes/provider-opt-outs";
import { describePurchase } from "../costs/describe-purchase";
import { isOptedOutCode } from "../domain/provider-errors";
import { nextReceiptLook } from "../domain/reconcile";
import type { RetryRules } from "../domain/retry-delay";
import { type AttemptEnd, settleOutcome } from "../domain/settle-outcome";
import type { Deps } from "../ports/deps";
import { alertAdmins } from "./alert-admins";
import { announceMessages } from "./announce-messages";
import { flagBadNumber } from "./flag-bad-number";
import { keepAccepted } from "./kept-attempts";
import { stopSending } from "./stop-sending";

type Needs = Pick<Deps, "sql" | "clock" | "chance" | "settings" | "realtime" | "log">;

/** The rules of the account's workspace; `costs` null: what is taken is not counted. */
export type By = { costs: AccountCosts | null; retries: RetryRules };

export type EndedAttempt = { message: ClaimedMessage; end: AttemptEnd };

/**
 * Writes down what became of attempts, each only where its message is still at that attempt, and
 * tells the screens. A configuration fault alerts the administrators; "opted out" reaches the ledger.
 * What was taken is counted as spent.
 *
 * @throws when the database does not answer; nothing is recorded then.
 */
export async function recordOutcomes(
  deps: Needs,
  ended: readonly EndedAttempt[],
  by: By,
): Promise<ChangedMessage[]> {
  const now = deps.clock.now();
  const known = { ...by, now };
  const results = ended.map((one) => settle(deps, one, known));
  const changed = await recordAll(deps, results, now);
  keepForCallbacks(deps, ended, changed);
  announceMessages(deps, changed);
  await followUp(deps, ended);
  return changed;
}

/** What those that are to come will find. */
function keepForCallbacks(
  deps: Needs,
  ended: readonly EndedAttempt[],
  changed: readonly ChangedMessage[],
) {
  const accepted = new Set(
    changed.flatMap(({ id, status }) => (status === "accepted" ? [id] : [])),
  );
  for (const { message, end } of ended) {
    if (end.kind !== "accepted" || !accepted.has(message.id)) continue;
    const named = { messageId: message.id, attempt: message.attempt };
    keepAccepted(deps, named, end.providerId);
  }
}

function settle(
  { chance, settings }: Needs,
  { message, end }: EndedAttempt,
  { costs, retries, now }: By & { now: Date },
): AttemptResult {
  const settlement = settleOutcome({
    end,
    lane: message.lane,
    counted: message.attemptsCounted,
    now,
    random: chance.random(),
    scale: settings.timeScale,
    rules: retries,
  });
  const isPaid = costs !== null && end.kind === "accepted";
  const purchase = isPaid
    ? describePurchase(costs, { ...message, segments: end.segments, at: now })
    : null;
  return { messageId: message.id, attempt: message.attempt, ...settlement, purchase };
}

/** One statement; where one row spoils it (an id we know already), each by itself. */
async function recordAll(deps: Needs, results: readonly AttemptResult[], now: Date) {
  const times = { now, receiptLookAt: nextReceiptLook(now, 0, deps.settings.timeScale) };
  try {
    return await recordResults(deps.sql, results, times);
  } catch (error) {
    const code = errorCode(error);
    if (code === DEADLOCK) return recordResults(deps.sql, results, times);
    if (code !== UNIQUE_VIOLATION) throw error;
    const changed: ChangedMessage[] = [];
    for (const result of results) changed.push(...(await recordOne(deps, result, times)));
    return changed;
  }
}

type RecordTimes = { now: Date; receiptLookAt: Date | null };

const UNIQUE_VIOLATION = "23505";
const DEADLOCK = "40P01";

/** A provider that gives one id to two messages has perhaps sent only one of them. */
async function recordOne(deps: Needs, result: AttemptResult, times: RecordTimes) {
  try {
    return await recordResults(deps.sql, [result], times);
  } catch (error) {
    if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
    const { messageId, providerId } = result;
    // It was slow to be recorded, and has been taken for somebody else's meanwhile.
    if (providerId && (await dropImported(deps.sql, { messageId, providerId }))) {
      return recordResults(deps.sql, [result], times);
    }
    deps.log.error(
      { messageId, providerId },
      "[SMS] The provider gave an id that is already taken",
    );
    const doubtful = {
      ...result,
      outcome: "unknown" as const,
      status: "unconfirmed" as const,
      statusReason: "provider_id_taken",
      providerId: null,
      isCounted: false,
      event: "unconfirmed",
      purchase: null,
    };
    return recordResults(deps.sql, [doubtful], times);
  }
}

function errorCode(error: unknown): string | null {
  return error instanceof Error && "code" in error ? String(error.code) : null;
}

async function followUp(deps: Needs, ended: readonly EndedAttempt[]) {
  const refused = ended.filter(({ end }) => end.kind === "rejected");
  if (refused.length === 0) return;
  const optedOut = refused.flatMap(({ message, end }) =>
    end.kind === "rejected" && isOptedOutCode(end.code) ? [message.id] : [],
  );
  if (optedOut.length > 0) await recordProviderOptOuts(deps.sql, optedOut, deps.clock.now());
  for (const { message, end } of refused) {
    if (end.kind !== "rejected") continue;
    await flagBadNumber(deps, { messageId: message.id, code: end.code });
    if (end.fault !== "configuration") continue;
    await stopSending(deps, { message, attempt: message.attempt, code: end.code });
    await alertAdmins(deps, { message, code: end.code });
  }
}
