import {
  type AttemptState,
  findAttemptState,
  type Signer,
} from "../../db/queries/system/attempt-states";
import { dropImported } from "../../db/writes/imported";
import { recordProviderOptOuts } from "../../db/writes/provider-opt-outs";
import { type Report, recordReports } from "../../db/writes/status-reports";
import { countTaken } from "../costs/count-taken";
import { isTaken, isUnderway } from "../domain/message-status";
import { isOptedOutCode } from "../domain/provider-errors";
import { nextReceiptLook } from "../domain/reconcile";
import { type ReportEffect, settleReport } from "../domain/settle-report";
import type { MessageStatus } from "../domain/words";
import { shareStatement } from "../operations/share-statement";
import type { Deps } from "../ports/deps";
import { alertAdmins } from "./alert-admins";
import { announceMessages } from "./announce-messages";
import { flagBadNumber } from "./flag-bad-number";
import { ringDoorbells } from "./ring-doorbells";
import { stopSending } from "./stop-sending";

type Needs = Pick<Deps, "sql" | "clock" | "chance" | "log" | "realtime" | "jobs" | "settings">;

export type StatusReport = {
  messageId: string;
  attempt: number;
  /** The provider's id of the attempt. */
  providerId: string;
  /** In our words; null: a word that changes nothing but is kept. */
  status: MessageStatus | null;
  errorCode: string | null;
  errorMessage: string | null;
  /** ms since 1970 by the carrier's clock. */
  carrierAt: number | null;
  /** What the provider said, for the timeline: no body, no addresses. */
  data: Record<string, string>;
  /** Did the provider call, or was it asked? */
  via: "callback" | "look";
};

export type ApplyOutcome =
  | { kind: "applied"; status: MessageStatus; hasChanged: boolean }
  /** No such attempt, or one that has another id at the provider. */
  | { kind: "unknown_attempt" };

/** More people at one row than this at once is no race but a fault. */
const MAX_LOOKS = 10;

/**
 * Applies what the provider reports about one attempt (Message status): by rank, never backwards,
 * kept in the timeline whatever it changes. Settles what was unconfirmed.
 */
export async function applyStatus(deps: Needs, report: StatusReport): Promise<ApplyOutcome> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const seen = await findAttemptState(deps.sql, report);
    if (!seen) return { kind: "unknown_attempt" };
    const outcome = await applyOnce(deps, report, { seen, signer: null });
    if (outcome.kind === "unknown_attempt") return outcome;
    if (outcome.kind === "applied") {
      const { kind, status, hasChanged } = outcome;
      return { kind, status, hasChanged };
    }
  }
  throw new Error(`message ${report.messageId} did not hold still for a status report`);
}

type Known = {
  /** The attempt as the caller knows it. */
  seen: AttemptState;
  /** The account as it was when the report's signature was checked; null: it has none. */
  signer: Signer | null;
};

/** How the report has left the attempt. */
export type AppliedOnce = Extract<ApplyOutcome, { kind: "applied" }> & { left: AttemptState };

/** The same by what the caller knows; `moved`: it is not so any more, and nothing was recorded. */
export async function applyOnce(
  deps: Needs,
  report: StatusReport,
  { seen, signer }: Known,
): Promise<AppliedOnce | { kind: "moved" } | { kind: "unknown_attempt" }> {
  if (isOther(seen, report)) return { kind: "unknown_attempt" };
  const effect = decide(seen, report);
  const applied = { seen, signer, effect, report };
  if (!(await record(deps, applied))) return { kind: "moved" };
  if (isNews(applied) || effect.isEarlierProof) announceMessages(deps, [named(applied)]);
  if (isNews(applied)) await followUp(deps, applied);
  const { messageStatus: status } = effect;
  const hasChanged = status !== seen.messageStatus;
  return { kind: "applied", status, hasChanged, left: leftBy(applied) };
}

/** As the statement leaves it. */
function leftBy({ seen, effect, report: { providerId } }: Applied): AttemptState {
  const { messageStatus, attemptStatus, carrierAt } = effect;
  const isMoved = messageStatus !== seen.messageStatus;
  return {
    ...seen,
    messageStatus,
    attemptStatus,
    messageProviderId: isMoved ? providerId : seen.messageProviderId,
    attemptProviderId: seen.attemptProviderId ?? providerId,
    carrierAt: carrierAt === null ? null : new Date(carrierAt),
  };
}

function isOther({ attemptProviderId }: AttemptState, { providerId }: StatusReport) {
  return attemptProviderId !== null && attemptProviderId !== providerId;
}

function decide(seen: AttemptState, report: StatusReport): ReportEffect {
  const carrierAt = seen.carrierAt?.getTime() ?? null;
  return settleReport({
    message: {
      status: seen.messageStatus,
      attempt: seen.messageAttempt,
      providerId: seen.messageProviderId,
    },
    attempt: {
      number: report.attempt,
      status: seen.attemptStatus,
      carrierAt,
      providerId: report.providerId,
    },
    reported: report.status ?? seen.attemptStatus ?? "accepted",
    carrierAt: report.status === null ? carrierAt : report.carrierAt,
  });
}

type Applied = Known & { effect: ReportEffect; report: StatusReport };

async function record(deps: Needs, applied: Applied): Promise<boolean> {
  try {
    return await recordOnce(deps, applied);
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION;
    // It was imported as somebody else's before we knew its id.
    if (isTaken && (await dropImported(deps.sql, applied.report))) return false;
    throw error;
  }
}

const UNIQUE_VIOLATION = "23505";

/** Of two reports on one message the second is decided by what the first has made of it. */
const recordShared = shareStatement<Report, boolean>({
  name: "status reports",
  keysOf: ({ messageId }) => [messageId],
  together: recordReports,
  alone: async (sql, report) => (await recordReports(sql, [report]))[0] ?? false,
});

function recordOnce(deps: Needs, { seen, signer, effect, report }: Applied): Promise<boolean> {
  const now = deps.clock.now();
  return recordShared(deps, {
    messageId: report.messageId,
    attempt: report.attempt,
    seen,
    signer,
    attemptStatus: effect.attemptStatus,
    carrierAt: effect.carrierAt === null ? null : new Date(effect.carrierAt),
    messageStatus: effect.messageStatus,
    isEarlierProof: effect.isEarlierProof,
    providerId: report.providerId,
    errorCode: report.errorCode,
    errorMessage: report.errorMessage,
    data: report.data,
    event: report.via,
    receiptLookAt: nextReceiptLook(now, 0, deps.settings.timeScale),
    now,
  });
}

/** A receipt that comes again must not undo a START that came between, nor alert twice. */
function isNews({ seen, effect }: Applied): boolean {
  return effect.attemptStatus !== seen.attemptStatus || effect.messageStatus !== seen.messageStatus;
}

function named({ seen, report }: Applied) {
  const { workspaceId, conversationId, integrationId } = seen;
  return { id: report.messageId, workspaceId, conversationId, integrationId };
}

async function followUp(deps: Needs, applied: Applied): Promise<void> {
  const { seen, effect, report } = applied;
  if (isUnderway(seen.messageStatus) && !isUnderway(effect.messageStatus)) {
    await ringDoorbells(deps, [{ integrationId: seen.integrationId, due: deps.clock.now() }]);
  }
  if (seen.attemptOutcome === "unknown" && isTaken(effect.attemptStatus)) {
    await countTaken(deps, report);
  }
  if (isOptedOutCode(report.errorCode)) {
    await recordProviderOptOuts(deps.sql, [report.messageId], deps.clock.now());
  }
  if (report.errorCode === null) return;
  const message = named(applied);
  await flagBadNumber(deps, { messageId: report.messageId, code: report.errorCode });
  await stopSending(deps, { message, attempt: report.attempt, code: report.errorCode });
  await alertAdmins(deps, { message, code: report.errorCode });
}
