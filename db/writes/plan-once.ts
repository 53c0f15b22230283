import { sql } from "drizzle-orm";
import type { Database } from "../client";

/**
 * From here to its end a transaction's prepared statements are planned once a connection, and by index: for
 * those that look everything up by index, as with every message, where planning takes longer than running.
 * The plans of all others stay as they were (`PLAN_EACH`).
 */
export async function planOnce(tx: Database): Promise<void> {
  await tx.execute(sql`
    select set_config('plan_cache_mode', 'force_generic_plan', true),
      set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`);
}
