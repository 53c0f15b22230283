import { countHousekeeping, type Swept, sweepHousekeeping } from "../../db/writes/housekeeping";
import type { Deps } from "../ports/deps";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Deletes what has served its time: idempotency keys after 24 h, ended sessions and links and numbers that
 * nobody proved after a day,
 * job runs after 7 days, uploads that no message took after a day, events of webhooks after 30 days. A dry run only counts.
 */
export async function keepHouse(
  deps: Pick<Deps, "db" | "clock">,
  { isDryRun }: { isDryRun: boolean },
): Promise<Swept> {
  const now = deps.clock.now().getTime();
  const input = {
    keysBefore: new Date(now - DAY_MS),
    endedBefore: new Date(now - DAY_MS),
    runsBefore: new Date(now - 7 * DAY_MS),
    uploadsBefore: new Date(now - DAY_MS),
    webhooksBefore: new Date(now - 30 * DAY_MS),
  };
  return isDryRun ? countHousekeeping(deps.db, input) : sweepHousekeeping(deps.db, input);
}
