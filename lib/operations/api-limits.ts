import type { Database } from "../../db/client";
import { findApiLimits } from "../../db/queries/api-limits";
import { countUsage } from "../../db/writes/api-usage";
import { type ApiLimits, type Exceeded, findExceeded, secondsLeft } from "../domain/api-limits";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

/** More was asked for than a limit allows: nothing of it is stored. Doors answer 429. */
export class OverLimit extends Error {
  constructor(readonly exceeded: Exceeded) {
    super(`more than ${exceeded.limit} in a ${exceeded.window}`);
  }
}

/** How much of the workspace's minute is left, for the headers of an answer. */
export type MinuteLeft = { limit: number; remaining: number; resetSeconds: number };

type TakingFromMinute = {
  workspaceId: WorkspaceId;
  items: number;
  /** The workspace's; null: there is none; undefined: it is read. */
  limit?: number | null | undefined;
};

/**
 * Takes items from the workspace's minute, all or none (gate 10).
 *
 * @returns null: there is no limit
 * @throws {OverLimit}
 */
export async function takeFromMinute(
  { db, clock }: Pick<Deps, "db" | "clock">,
  { workspaceId, items, limit: known }: TakingFromMinute,
): Promise<MinuteLeft | null> {
  const limit = known === undefined ? (await findApiLimits(db, workspaceId)).perMinute : known;
  if (limit === null) return null;
  const at = clock.now();
  return db.transaction(async (tx) => {
    const counting = { workspaceId, items: new Map([[workspaceId, items]]), at };
    const [usage] = await countUsage(tx, { ...counting, windows: ["minute"] });
    if (!usage) throw new Error("what is counted is returned");
    const exceeded = findExceeded([usage], { minute: limit }, at);
    if (exceeded) throw new OverLimit(exceeded);
    return { limit, remaining: limit - usage.count, resetSeconds: secondsLeft(usage, at) };
  });
}

type Taking = {
  workspaceId: WorkspaceId;
  limits: Pick<ApiLimits, "perRecipientHour" | "perRecipientDay">;
  /** One for each item; somebody for whom there are several is named as often. */
  personIds: readonly string[];
  at: Date;
};

/**
 * Takes items from the hour and the day of the persons they are for, in the transaction that stores them.
 *
 * @throws {OverLimit} which rolls it back
 */
export async function takeForRecipients(
  tx: Database,
  { workspaceId, limits, personIds, at }: Taking,
): Promise<void> {
  const { perRecipientHour: hour, perRecipientDay: day } = limits;
  if (hour === null && day === null) return;
  const items = new Map<string, number>();
  for (const id of personIds) items.set(id, (items.get(id) ?? 0) + 1);
  const usages = await countUsage(tx, { workspaceId, items, windows: ["day", "hour"], at });
  const exceeded = findExceeded(usages, { hour, day }, at);
  if (exceeded) throw new OverLimit(exceeded);
}
