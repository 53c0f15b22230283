"use client";

import { useTranslations } from "next-intl";
import { WEEKDAYS } from "@/lib/domain/deciding/local-time";
import type { WeeklyHours } from "@/lib/domain/deciding/weekly-hours";
import { TurnRow } from "./turn-row";
import type { ChangePreferences, ShownPreferences } from "./use-auto-save";
import { WeeklyHoursEditor } from "./weekly-hours";

const NIGHT: WeeklyHours = { days: WEEKDAYS, start: "22:00", end: "07:00" };

type Props = { shown: ShownPreferences; onChange: ChangePreferences };

/** When nothing but what cannot wait comes. */
export function QuietHours({ shown, onChange }: Props) {
  const t = useTranslations("preferences.quiet");
  return (
    <div className="flex flex-col gap-4">
      <WeeklyHoursEditor
        hours={shown.quietHours}
        usual={NIGHT}
        none={t("none")}
        add={t("add")}
        onChange={(quietHours) => onChange({ quietHours })}
      />
      <TurnRow
        label={t("critical")}
        help={t("criticalHelp")}
        isOn={shown.criticalPasses}
        onTurn={(isOn) => onChange({ criticalPasses: isOn })}
      />
    </div>
  );
}
