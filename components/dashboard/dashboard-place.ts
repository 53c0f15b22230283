import { PERIODS, type PeriodKey } from "@/lib/domain/history/period";
import { CHANNELS, type Channel } from "@/lib/domain/words";

/** What of the figures is shown: in the URL, so that it can be kept and passed on. */
export type DashboardPlace = {
  period: PeriodKey;
  channel: Channel | null;
  /** Id of a sender. */
  number: string | null;
};

type Params = Record<string, string | string[] | undefined>;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the URL; what means nothing counts as not there. */
export function readPlace({ period, channel, number }: Params): DashboardPlace {
  return {
    period: PERIODS.find((one) => one === period) ?? "7d",
    channel: CHANNELS.find((one) => one === channel) ?? null,
    number: typeof number === "string" && ID.test(number) ? number : null,
  };
}

export function hrefOf({ period, channel, number }: DashboardPlace): string {
  const search = new URLSearchParams();
  if (period !== "7d") search.set("period", period);
  if (channel) search.set("channel", channel);
  if (number) search.set("number", number);
  const text = search.toString();
  return text === "" ? "/dashboard" : `/dashboard?${text}`;
}
