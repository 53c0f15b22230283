import { wakeSnoozedRows } from "../../db/writes/wake-snoozed";
import type { Deps } from "../ports/deps";

/** Conversations opened by one transaction. */
const BATCH = 500;

/** Opens every conversation whose `snoozedUntil` has come. @returns how many */
export async function wakeSnoozed(
  deps: Pick<Deps, "db" | "clock" | "realtime">,
): Promise<{ woken: number }> {
  let woken = 0;
  for (;;) {
    const now = deps.clock.now();
    const rows = await deps.db.transaction((tx) => wakeSnoozedRows(tx, { now, limit: BATCH }));
    deps.realtime.announce(
      rows.map(({ id, workspaceId }) => ({
        kind: "conversation",
        workspaceId,
        conversationId: id,
        messageIds: [],
      })),
    );
    woken += rows.length;
    if (rows.length < BATCH) return { woken };
  }
}
