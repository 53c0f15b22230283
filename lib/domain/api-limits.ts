/**
 * How much systems may ask for (gate 10, R222): items are counted, each of a batch as one; null: as much
 * as they like. A window begins with its first item.
 */
export type ApiLimits = {
  /** Items of a workspace in a minute. */
  readonly perMinute: number | null;
  /** Items for one person in an hour, and in a day. */
  readonly perRecipientHour: number | null;
  readonly perRecipientDay: number | null;
};

export const DEFAULT_API_LIMITS = {
  perMinute: 600,
  perRecipientHour: 100,
  perRecipientDay: 500,
} as const satisfies ApiLimits;

export const API_LIMIT_BOUNDS = { least: 1, most: 1_000_000 } as const;

/** Seconds. */
export const USAGE_WINDOWS = { minute: 60, hour: 3600, day: 86_400 } as const;
export type UsageWindow = keyof typeof USAGE_WINDOWS;

/** What was taken in a window that is open, with what is asked for now. */
export type Usage = {
  readonly window: UsageWindow;
  readonly since: Date;
  readonly count: number;
};

/** A window of which more was asked for than it holds; all of it is refused. */
export type Exceeded = {
  readonly window: UsageWindow;
  readonly limit: number;
  /** Whole seconds until there is room again. */
  readonly retryAfter: number;
};

/** The fullest of the windows that hold less than was asked for, by when it opens; null: all have room. */
export function findExceeded(
  usages: readonly Usage[],
  limits: Readonly<Partial<Record<UsageWindow, number | null>>>,
  at: Date,
): Exceeded | null {
  const exceeded = usages.flatMap((usage): Exceeded[] => {
    const limit = limits[usage.window] ?? null;
    if (limit === null || usage.count <= limit) return [];
    return [{ window: usage.window, limit, retryAfter: secondsLeft(usage, at) }];
  });
  return exceeded.sort((a, b) => b.retryAfter - a.retryAfter)[0] ?? null;
}

/** Whole seconds until a window ends, at least one. */
export function secondsLeft({ window, since }: Omit<Usage, "count">, at: Date): number {
  const ends = since.getTime() + USAGE_WINDOWS[window] * 1000;
  return Math.max(1, Math.ceil((ends - at.getTime()) / 1000));
}
