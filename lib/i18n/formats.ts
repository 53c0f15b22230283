import type { Formats } from "next-intl";

/** Named ways to write dates and numbers: `format.dateTime(date, "short")`. */
export const formats = {
  dateTime: {
    time: { hour: "2-digit", minute: "2-digit" },
    day: { day: "numeric", month: "long", year: "numeric" },
    short: { day: "numeric", month: "short", year: "numeric" },
    moment: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  },
} satisfies Formats;
