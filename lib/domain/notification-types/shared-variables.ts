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
