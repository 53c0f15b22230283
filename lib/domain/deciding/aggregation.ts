import type { Decision } from "./decide";

/** How long alerts of a type are gathered after the first, seconds (gate 9). */
export const DEFAULT_AGGREGATION_SECONDS = 300;
/** What the workspace's settings may say; 0: nothing is gathered. */
export const AGGREGATION_BOUNDS = { least: 0, most: 86_400 } as const;

/**
 * What leaves together with it: alerts of one type, all that certain hours keep, all that is beyond the
 * cap. null: it leaves alone, since nothing keeps it or its person wants them one by one.
 *
 * @param type key of the notification type
 */
export function digestKey({ fate, reason }: Decision, type: string): string | null {
  if (reason === "quiet_hours" || reason === "outside_working_hours") return "hours";
  if (fate !== "bundled") return null;
  return reason === "aggregated" ? `type:${type}` : "cap";
}
