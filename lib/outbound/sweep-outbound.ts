import { findTakenButLost } from "../../db/queries/system/costs";
import { findIdleAccounts } from "../../db/queries/system/outbox";
import { expireAttempts } from "../../db/writes/attempts";
import { sendForgotten } from "../../db/writes/bad-numbers";
import { expireMessages } from "../../db/writes/outbox";
import { countTaken } from "../costs/count-taken";
import { sendingTimes, settledBefore } from "../domain/sending-times";
import type { Deps } from "../ports/deps";
import { announceMessages } from "./announce-messages";
import { renewForgottenLinks } from "./renew-paused-links";

type Needs = Pick<Deps, "db" | "sql" | "clock" | "log" | "realtime" | "jobs" | "settings">;

export type SweepReport = {
  /** Messages whose attempt died and that now wait for proof. */
  unconfirmed: number;
  expired: number;
  /** Accounts with due messages and nobody at work: their bells have been rung. */
  accountIds: string[];
};

/**
 * Picks up what a crash or a lost bell left: attempts whose lease ran out become unconfirmed, rows
 * whose time is over expire, those that wait for a task that is closed go on, and accounts with work that nobody does get a bell. For every minute,
 * every 10 s and the start-up; safe to run anywhere at any time.
 */
export async function sweepOutbound(deps: Needs): Promise<SweepReport> {
  const now = deps.clock.now();
  for (const taken of await findTakenButLost(deps.sql)) await countTaken(deps, taken);
  const lost = await expireAttempts(deps.sql, now);
  const late = await expireMessages(deps.sql, now);
  await renewForgottenLinks(deps);
  const forgotten = await sendForgotten(deps.sql, now);
  announceMessages(deps, [...lost, ...late, ...forgotten]);
  if (lost.length > 0) deps.log.warn({ messages: lost.length }, "[SMS] Sends not confirmed");
  const before = settledBefore(now, sendingTimes(deps.settings.timeScale));
  const accountIds = await findIdleAccounts(deps.sql, { now, settledBefore: before });
  await deps.jobs.ring(accountIds.map((accountId) => ({ kind: "dispatch", accountId, at: now })));
  return { unconfirmed: lost.length, expired: late.length, accountIds };
}
