"use client";

import { useTranslations } from "next-intl";
import { REMINDER_KEYS } from "@/lib/domain/deciding/words";
import { TurnRow } from "./turn-row";
import type { ChangePreferences, ShownPreferences } from "./use-auto-save";

type Props = { shown: ShownPreferences; onChange: ChangePreferences };

/** R313, C11: which reminders before and after a due date come. */
export function ReminderRows({ shown: { reminders }, onChange }: Props) {
  const t = useTranslations("reminderChoices");
  return (
    <div className="flex flex-col gap-4">
      {REMINDER_KEYS.map((key) => (
        <TurnRow
          key={key}
          label={t(`${key}.label`)}
          help={t(`${key}.help`)}
          isOn={reminders[key]}
          onTurn={(isOn) => onChange({ reminders: { ...reminders, [key]: isOn } })}
        />
      ))}
    </div>
  );
}
