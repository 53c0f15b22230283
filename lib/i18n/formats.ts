import type { Formats } from "next-intl";

/** Named ways to write dates and numbers: `format.dateTime(date, "short")`. */
export const formats = {
  dateTime: {
    time: { timeStyle: "short" },
    day: { day: "numeric", month: "long", year: "numeric" },
    short: { day: "numeric", month: "short", year: "numeric" },
    moment: { dateStyle: "medium", timeStyle: "short" },
  },
} satisfies Formats;
