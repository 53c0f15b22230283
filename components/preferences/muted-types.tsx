"use client";

import { BellRing } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { nameOfType } from "@/lib/domain/notification-types/find-type";
import { Button } from "../ui/button";
import type { ChangePreferences, ShownPreferences } from "./use-auto-save";

type Props = { shown: ShownPreferences; onChange: ChangePreferences };

/** Types that were muted in the held box, with the way back; nothing where none is. */
export function MutedTypes({ shown: { mutedTypes }, onChange }: Props) {
  const t = useTranslations("held");
  const format = useFormatter();
  const locale = useLocale() === "en" ? "en" : "fr";
  const standing = Object.entries(mutedTypes);
  if (standing.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {standing.map(([type, until]) => (
        <li key={type} className="flex flex-wrap items-center justify-between gap-2 text-sm">
          <span className="min-w-0">
            {t("mutedType", {
              type: nameOfType(type, locale),
              at: format.dateTime(new Date(until), "moment"),
            })}
          </span>
          <Button
            size="sm"
            aria-label={t("unmuteOf", { type: nameOfType(type, locale) })}
            onClick={() => {
              const { [type]: _, ...others } = mutedTypes;
              onChange({ mutedTypes: others });
            }}
          >
            <BellRing aria-hidden />
            {t("unmute")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
