import { addDays, localTimeOf, momentsOf } from "../deciding/local-time";

/** How far back figures go. */
export const PERIODS = ["24h", "7d", "30d", "90d"] as const;
export type PeriodKey = (typeof PERIODS)[number];

export type Period = {
  key: PeriodKey;
  since: Date;
  until: Date;
  /** What one column of a chart is. */
  step: "hour" | "day";
  /** Each column, on the wall's clock of the zone: `2026-11-27T14` or `2026-11-27`; none is left out. */
  columns: string[];
};

const DAYS = { "7d": 7, "30d": 30, "90d": 90 } as const;
const HOUR_MS = 3_600_000;

/**
 * A period that ends now: the last 24 hours by the hour, or so many calendar days of the zone, today
 * included.
 */
export function periodOf(key: PeriodKey, now: Date, zone: string): Period {
  if (key === "24h") return lastHours(now, zone);
  const today = localTimeOf(now, zone).date;
  const count = DAYS[key];
  const first = addDays(today, 1 - count);
  const since = momentsOf({ date: first, time: "00:00" }, zone).first;
  const columns = Array.from({ length: count }, (_, nth) => addDays(first, nth));
  return { key, since, until: now, step: "day", columns };
}

function lastHours(now: Date, zone: string): Period {
  const hours = Array.from({ length: 24 }, (_, nth) => {
    const { date, time } = localTimeOf(new Date(now.getTime() - (23 - nth) * HOUR_MS), zone);
    return `${date}T${time.slice(0, 2)}`;
  });
  // An hour that comes twice is one column.
  const columns = [...new Set(hours)];
  const [date = "", hour = ""] = columns[0]?.split("T") ?? [];
  const since = momentsOf({ date, time: `${hour}:00` }, zone).first;
  return { key: "24h", since, until: now, step: "hour", columns };
}
