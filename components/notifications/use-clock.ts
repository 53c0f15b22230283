import { useFormatter } from "next-intl";

/** Writes a moment to the second, with its day. */
export type Clock = (at: string) => string;

export function useClock(zone: string): Clock {
  const format = useFormatter();
  return (at) =>
    format.dateTime(new Date(at), { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
}
