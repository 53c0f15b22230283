"use client";

import { type DateTimeFormatOptions, useFormatter, useTranslations } from "next-intl";
import { dayReader } from "@/lib/domain/thread-items";
import { useInbox, useNow } from "./inbox-context";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Moments as an agent reads them: short in lists, whole in tooltips, days between messages. */
export function useTimeWords() {
  const t = useTranslations("inbox.time");
  const format = useFormatter();
  const now = useNow();
  const { timeZone } = useInbox().viewer;
  const dayOf = dayReader(timeZone);
  const today = dayOf(now.toISOString());
  const yesterday = dayOf(new Date(now.getTime() - DAY_MS).toISOString());
  const date = (at: string, options: DateTimeFormatOptions) =>
    format.dateTime(new Date(at), { timeZone, ...options });
  // The styles know where the hour takes two digits: `09:05`, `9:05 AM`.
  const clock = (at: string) => date(at, { timeStyle: "short" });

  return {
    clock,
    /** `3 min`, `14:05`, `hier`, `lun.`, `12 mars`. */
    short(at: string) {
      const age = now.getTime() - Date.parse(at);
      if (age < MINUTE_MS) return t("now");
      if (age < 60 * MINUTE_MS) return t("minutes", { count: Math.floor(age / MINUTE_MS) });
      const day = dayOf(at);
      if (day === today) return clock(at);
      if (day === yesterday) return t("yesterday");
      if (age < 6 * DAY_MS) return date(at, { weekday: "short" });
      if (day.slice(0, 4) === today.slice(0, 4))
        return date(at, { day: "numeric", month: "short" });
      return date(at, { day: "numeric", month: "short", year: "numeric" });
    },
    full(at: string) {
      return date(at, { dateStyle: "full", timeStyle: "medium" });
    },
    moment(at: string) {
      const isThisYear = dayOf(at).slice(0, 4) === today.slice(0, 4);
      const year = isThisYear ? {} : ({ year: "numeric" } as const);
      return `${date(at, { day: "numeric", month: "short", ...year })}, ${clock(at)}`;
    },
    /** @param day as of `dayReader`: `2026-11-20` */
    day(day: string) {
      if (day === today) return t("today");
      if (day === yesterday) return t("yesterdayLong");
      const isThisYear = day.slice(0, 4) === today.slice(0, 4);
      return format.dateTime(new Date(`${day}T12:00:00Z`), {
        timeZone: "UTC",
        weekday: "long",
        day: "numeric",
        month: "long",
        ...(isThisYear ? {} : { year: "numeric" }),
      });
    },
    ago(at: string) {
      return format.relativeTime(new Date(at), now);
    },
  };
}
