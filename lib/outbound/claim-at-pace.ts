import { listNextInLine } from "../../db/queries/system/pace";
import {
  type Claim,
  type ClaimedMessage,
  type ClaimSender,
  claimMessages,
} from "../../db/writes/outbox";
import { fitToPace, isOpenTo, mostOf, type Waiting } from "../domain/fit-to-pace";
import type { Deps } from "../ports/deps";
import {
  boundBy,
  fillBuckets,
  giveBack,
  measureClaimed,
  measureNext,
  type Pacing,
  rereadPaces,
  storeBuckets,
  TRIES,
} from "./pacing";

type Needs = Pick<Deps, "sql" | "clock">;

/**
 * Claims what the slots and the paces allow (Sending 4). The rows that it would take are measured and
 * their tokens taken first; what others have taken meanwhile is given back.
 *
 * @param pacing null: nothing here has a pace, and the claim is one statement.
 */
export async function claimAtPace(
  deps: Needs,
  pacing: Pacing | null,
  claim: Claim,
): Promise<ClaimedMessage[]> {
  if (!pacing) return claimMessages(deps.sql, claim);
  const isFree = ({ id }: ClaimSender) => boundBy(pacing, id).length === 0;
  const paced = claim.senders.filter((sender) => !isFree(sender));
  const reserved = await reserve(deps, pacing, { ...claim, senders: paced });
  const limited = paced.flatMap((sender) => limit(sender, reserved));
  const senders = [...claim.senders.filter(isFree), ...limited];
  if (senders.length === 0) return [];
  const claimed = await claimMessages(deps.sql, { ...claim, senders });
  for (const row of reserved) giveBack(pacing, row);
  for (const row of claimed) {
    if (row.status === "sending") giveBack(pacing, measureClaimed(row), -1);
  }
  return claimed;
}

/** Takes the tokens of the rows that the claim is to take next; none where others are always first. */
async function reserve(
  deps: Needs,
  pacing: Pacing,
  { senders, now, settledBefore, slots }: Claim,
): Promise<readonly Waiting[]> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { buckets, returned } = fillBuckets(deps, pacing);
    const open = senders
      .filter(({ id }) => isOpenTo(id, buckets))
      .map(({ id, busy }) => ({ id, busy, most: Math.min(slots.all, mostOf(id, buckets)) }));
    if (open.length === 0) return [];
    const rows = await listNextInLine(deps.sql, { senders: open, now, settledBefore });
    const fit = fitToPace(rows.map(measureNext), { buckets, slots });
    const ids = fit.leaving.flatMap((row) => boundBy(pacing, row.integrationId));
    if (await storeBuckets(deps, pacing, { buckets: fit.buckets, returned, ids })) {
      return fit.leaving;
    }
    await rereadPaces(deps, pacing);
  }
  return [];
}

/** The sender with as many rows as are reserved for it, if any. */
function limit(sender: ClaimSender, reserved: readonly Waiting[]): ClaimSender[] {
  const own = reserved.filter((row) => row.integrationId === sender.id);
  if (own.length === 0) return [];
  const interactive = own.filter((row) => row.lane === "interactive").length;
  return [{ ...sender, most: { interactive, normal: own.length - interactive } }];
}
