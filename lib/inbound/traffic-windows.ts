import type { ProviderAccount, SmsProvider, Traffic, TrafficQuery } from "../ports/sms";

type Whole = Extract<Traffic, { ok: true }>;

/** A part of the time that was asked for, and all that came in and left in it. */
export type TrafficWindow =
  | ({ readonly ok: true } & TrafficQuery & Pick<Whole, "received" | "sent">)
  | { readonly ok: false; readonly reason: string };

/** Providers list by whole seconds, and may or may not take the limits themselves in. */
const MARGIN_MS = 1000;
/** Nobody sends more in it than a list holds. */
const SHORTEST_MS = 2000;

/**
 * What came in and left in a time, oldest first, in as many parts as it takes: a list that is cut short
 * is never taken for a whole one, but asked for again in halves. Each text is in one part only.
 *
 * @returns parts one by one, so that what a part holds can be stored before the next is asked for; the
 * first that cannot be had is the last
 */
export async function* trafficWindows(
  provider: Pick<SmsProvider, "listTraffic">,
  account: ProviderAccount,
  { from, until }: TrafficQuery,
): AsyncGenerator<TrafficWindow> {
  const end = until.getTime();
  let start = from.getTime();
  let length = end - start;
  while (start < end) {
    const stop = Math.min(start + length, end);
    const list = await provider.listTraffic(account, {
      from: new Date(start - MARGIN_MS),
      until: new Date(stop + MARGIN_MS),
    });
    if (!list.ok) return yield list;
    if (list.isWhole) {
      yield partOf(list, start, stop);
      start = stop;
      length *= 2;
    } else {
      length = Math.floor((stop - start) / 2);
      if (length < SHORTEST_MS) return yield { ok: false, reason: "the list has no end" };
    }
  }
}

function partOf({ received, sent }: Whole, start: number, stop: number): TrafficWindow {
  const isIn = (at: Date) => at.getTime() >= start && at.getTime() < stop;
  return {
    ok: true,
    from: new Date(start),
    until: new Date(stop),
    received: received.filter(({ receivedAt }) => isIn(receivedAt)),
    sent: sent.filter(({ sentAt }) => isIn(sentAt)),
  };
}
