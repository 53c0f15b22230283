import type { Variable } from "../templates/variables";

/** The recipient's name; many contacts have none, so templates greet without it too. */
export const CUSTOMER_NAME: Variable = {
  name: "customer_name",
  type: "text",
  default: "",
  examples: { short: "Awa", long: "Marie-Christine Lafontaine" },
};

/** The subject's `url`; templates leave its line out where there is none. */
export const LINK: Variable = {
  name: "link",
  type: "url",
  default: "",
  examples: { short: "https://example.com/a", long: "https://example.com/items/42" },
};

/** The event's `occurredAt`, else when it came in. */
export const OCCURRED_AT: Variable = {
  name: "occurred_at",
  type: "date",
  default: null,
  examples: { short: "2026-05-01T08:05:00Z", long: "2026-09-23T22:45:00Z" },
};

/** The subject's `title`. */
export const ITEM_NAME: Variable = {
  name: "item_name",
  type: "text",
  default: null,
  examples: { short: "Caméra", long: "Vidéoprojecteur portable no 12" },
};

/** The subject's `dueAt` or `dueOn`; only the reminder of 2 hours, which a date has not, writes the hour. */
export const DUE: Variable = {
  name: "due",
  type: "date",
  default: null,
  examples: { short: "2026-05-01T10:00:00Z", long: "2026-09-23T12:30:00Z" },
};

/** The key of the step of its plan; the event itself has none. */
const REMINDER: Variable = {
  name: "reminder",
  type: "text",
  default: "",
  examples: { short: "", long: "J-1" },
};

/** What an event says besides its data: a type of a workspace's own takes of them what it needs. */
export const USUAL_VARIABLES: readonly Variable[] = [
  CUSTOMER_NAME,
  ITEM_NAME,
  DUE,
  LINK,
  OCCURRED_AT,
  REMINDER,
];
