import type { DeliveryState } from "./delivery-state";

/** So many of one state. */
export type Counted = { readonly state: DeliveryState; readonly count: number };

export type Totals = {
  total: number;
  /** Left and did not fail, as far as is known. */
  sent: number;
  /** Of those, with the receipt that says so. */
  delivered: number;
  failed: number;
  /** In the outbox, or with a provider that has not said more. */
  underway: number;
  /** Shown in the bell. */
  shown: number;
  /** Held for later, or gathered. */
  kept: number;
  /** Refused by a gate, too late, or taken back. */
  notSent: number;
  /** `sent` of all that ended, 0 to 1; null: nothing has ended yet, which is not the same as 0. */
  successRate: number | null;
};

/** What counts of deliveries or messages add up to (R212, R225, R312). */
export function totalsOf(rows: readonly Counted[]): Totals {
  const of = (...states: DeliveryState[]) =>
    sum(rows.filter(({ state }) => states.includes(state)));
  const sent = of("sent", "delivered");
  const failed = of("failed");
  const ended = sent + failed;
  return {
    total: sum(rows),
    sent,
    delivered: of("delivered"),
    failed,
    underway: of("queued"),
    shown: of("web"),
    kept: of("held", "bundled"),
    notSent: of("refused", "expired", "canceled"),
    successRate: ended === 0 ? null : sent / ended,
  };
}

/** The same apart for each value of a field, the most frequent first. */
export function totalsBy<R extends Counted, K extends string>(
  rows: readonly R[],
  keyOf: (row: R) => K,
): (Totals & { key: K })[] {
  const groups = new Map<K, R[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups]
    .map(([key, own]) => ({ key, ...totalsOf(own) }))
    .sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1));
}

function sum(rows: readonly Counted[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}
