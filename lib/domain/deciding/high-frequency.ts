import type { Locale } from "../words";

/** So many alerts to somebody within so many seconds are too many. */
export type FrequencyLimit = { readonly alerts: number; readonly seconds: number };

export const DEFAULT_FREQUENCY_LIMIT: FrequencyLimit = { alerts: 10, seconds: 300 };

/** What the workspace's settings may say: fewer would be every alert, more nobody gets. */
export const FREQUENCY_BOUNDS = {
  alerts: { least: 2, most: 1000 },
  seconds: { least: 10, most: 86_400 },
} as const;

/** Key of the type that is raised then. */
export const HIGH_FREQUENCY = "security.high_frequency";

/** What came to somebody within the limit's seconds, whatever became of it. */
export type RecentAlerts = {
  /** Without those of high frequency itself, which would feed the next. */
  readonly count: number;
  /** Were they told of high frequency meanwhile? */
  readonly isTold: boolean;
};

/**
 * R024: do alerts to somebody come too often? They are told once, with the one that reaches the limit,
 * and again no sooner than the limit's seconds later, if it still goes on.
 *
 * @param limit null: the workspace does not want to know
 */
export function isTooFrequent(recent: RecentAlerts, limit: FrequencyLimit | null): boolean {
  return limit !== null && recent.count >= limit.alerts && !recent.isTold;
}

/** How it is told, as data of the type's template. */
export function frequencyWords(
  { count, latest }: { count: number; latest: string },
  { seconds }: FrequencyLimit,
  locale: Locale,
): { title: string; message: string } {
  const span = seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
  if (locale === "fr") {
    return { title: `${count} alertes en ${span}`, message: `La dernière : ${latest}` };
  }
  return { title: `${count} alerts in ${span}`, message: `The latest: ${latest}` };
}
