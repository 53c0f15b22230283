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

/** What was taken in a window that is open. */
export type Usage = { readonly since: Date; readonly count: number };

export type Taken =
  | { readonly ok: true; readonly usage: Usage; readonly remaining: number; readonly endsAt: Date }
  /** Nothing was taken; at `endsAt` there is room again. */
  | { readonly ok: false; readonly remaining: number; readonly endsAt: Date };

/** Takes so many items from a window of so many seconds, all or none. */
export function takeItems(
  usage: Usage | null,
  of: { count: number; limit: number; seconds: number; at: Date },
): Taken {
  const { count, limit, seconds, at } = of;
  const end = (since: Date) => new Date(since.getTime() + seconds * 1000);
  // A clock that jumped back must not keep a window open for ever.
  const isOpen = usage !== null && usage.since <= at && end(usage.since) > at;
  const since = isOpen ? usage.since : at;
  const taken = isOpen ? usage.count : 0;
  if (taken + count > limit) {
    return { ok: false, remaining: Math.max(0, limit - taken), endsAt: end(since) };
  }
  const total = taken + count;
  const next = { since, count: total };
  return { ok: true, usage: next, remaining: limit - total, endsAt: end(since) };
}
