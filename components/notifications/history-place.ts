import { NOTIFICATION_CHANNELS, SEVERITIES } from "@/lib/domain/deciding/words";
import { DELIVERY_STATES } from "@/lib/domain/history/delivery-state";

/** What of the history is shown: all of it is in the URL, so a view can be kept and passed on. */
export type HistoryPlace = {
  view: "own" | "all";
  filter: HistoryFilter;
  /** Columns that are left out. */
  hidden: readonly HistoryColumn[];
  cursor: string | null;
  /** The notification that is open beside the list. */
  open: string | null;
};

export type HistoryFilter = {
  q: string;
  channel: (typeof NOTIFICATION_CHANNELS)[number] | null;
  status: (typeof DELIVERY_STATES)[number] | null;
  type: string | null;
  severity: (typeof SEVERITIES)[number] | null;
  /** Days on the reader's calendar, both included: `2026-11-27`. */
  since: string | null;
  until: string | null;
};

export const HISTORY_COLUMNS = [
  "time",
  "recipient",
  "type",
  "severity",
  "channels",
  "status",
  "delay",
] as const;
export type HistoryColumn = (typeof HISTORY_COLUMNS)[number];

type Params = Record<string, string | string[] | undefined>;

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TYPE = /^[a-z0-9_.]{1,64}$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the URL; what means nothing counts as not there. */
export function readPlace(params: Params): HistoryPlace {
  const one = (name: string) => {
    const value = params[name];
    return typeof value === "string" ? value : null;
  };
  const hidden = (one("hide") ?? "").split(",");
  return {
    view: one("view") === "all" ? "all" : "own",
    filter: {
      q: (one("q") ?? "").slice(0, 100),
      channel: oneOf(NOTIFICATION_CHANNELS, one("channel")),
      status: oneOf(DELIVERY_STATES, one("status")),
      type: matching(TYPE, one("type")),
      severity: oneOf(SEVERITIES, one("severity")),
      since: dayOf(one("since")),
      until: dayOf(one("until")),
    },
    hidden: HISTORY_COLUMNS.filter((column) => hidden.includes(column)),
    cursor: one("cursor"),
    open: matching(ID, one("open")),
  };
}

/** Where a place is; what is as usual is left out. */
export function hrefOf({ view, filter, hidden, cursor, open }: HistoryPlace): string {
  const search = new URLSearchParams();
  if (view === "all") search.set("view", view);
  for (const [name, value] of Object.entries(filter)) if (value) search.set(name, value);
  if (hidden.length > 0) search.set("hide", hidden.join(","));
  if (cursor) search.set("cursor", cursor);
  if (open) search.set("open", open);
  const text = search.toString();
  return text === "" ? "/notifications" : `/notifications?${text}`;
}

/** The same place without a filter. */
export function unfiltered(place: HistoryPlace): HistoryPlace {
  return { ...place, filter: readPlace({}).filter, cursor: null, open: null };
}

export function isFiltered({ filter }: HistoryPlace): boolean {
  return Object.values(filter).some(Boolean);
}

function oneOf<T extends string>(known: readonly T[], value: string | null): T | null {
  return known.find((one) => one === value) ?? null;
}

/** The 31st of February is none. */
function dayOf(value: string | null): string | null {
  const day = matching(DAY, value);
  if (day === null) return null;
  const read = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day) ? day : null;
}

function matching(form: RegExp, value: string | null): string | null {
  return value !== null && form.test(value) ? value : null;
}
