"use client";

import { Clock } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { zoneOfNumber } from "@/lib/domain/zone-of-number";
import { useInbox, useNow } from "../inbox/inbox-context";

/** What time it is where the person is, when that is known and not the agent's own time. */
export function LocalTime({ timeZone, address }: { timeZone: string | null; address: string }) {
  const t = useTranslations("contacts");
  const format = useFormatter();
  const now = useNow();
  const { viewer } = useInbox();
  const zone = timeZone ?? zoneOfNumber(address);
  if (zone === null) return null;
  const timeIn = (timeZone: string) => format.dateTime(now, { timeZone, timeStyle: "short" });
  const there = timeIn(zone);
  if (timeZone === null && there === timeIn(viewer.timeZone)) return null;
  return (
    <p className="flex items-center gap-1 text-subtle text-xs">
      <Clock className="size-3" aria-hidden />
      {t("localTime", { time: there })}
    </p>
  );
}
