import { countFailures, findFailedSend, openTask, pausePending } from "../../db/writes/bad-numbers";
import { isBadAddress, judgeAddress } from "../domain/bad-number";
import type { Deps } from "../ports/deps";
import { announceMessages } from "./announce-messages";

type Needs = Pick<Deps, "sql" | "clock" | "chance" | "log" | "realtime">;

/**
 * A send failed in a way that says its address is no good: everything that waits for that address is
 * paused, and one task asks people what to do. Other errors do nothing.
 */
export async function flagBadNumber(
  deps: Needs,
  { messageId, code }: { messageId: string; code: string },
): Promise<void> {
  const verdict = judgeAddress(code);
  if (verdict === "fine") return;
  const send = await findFailedSend(deps.sql, messageId);
  if (!send) return;
  const failures = verdict === "bad" ? 1 : await countFailures(deps.sql, { ...send, code });
  if (!isBadAddress(verdict, failures)) return;
  const now = deps.clock.now();
  const isNew = await openTask(deps.sql, { ...send, id: deps.chance.uuid(), code, now });
  // Also of a task that is open: something may have been stored while it was being opened.
  const paused = await pausePending(deps.sql, { ...send, code, now });
  // The thread of the failed one shows the task.
  announceMessages(deps, isNew ? [{ ...send, id: messageId }, ...paused] : paused);
  if (isNew) deps.log.warn({ messageId, code, paused: paused.length }, "[SMS] A number is no good");
}
