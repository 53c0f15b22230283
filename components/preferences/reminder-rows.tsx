"use client";

import { useTranslations } from "next-intl";
import { REMINDER_KEYS } from "@/lib/domain/deciding/words";
import type { NamedType } from "./named-type";
import { TurnRow } from "./turn-row";
import type { ChangePreferences, ShownPreferences } from "./use-auto-save";

type Props = { shown: ShownPreferences; types: readonly NamedType[]; onChange: ChangePreferences };

/** R313, C11: which reminders before and after a due date come; of the workspace's own types all or none. */
export function ReminderRows({ shown: { reminders }, types, onChange }: Props) {
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
      {types
        .filter(({ hasOwnPlan }) => hasOwnPlan)
        .map(({ key, name }) => (
          <TurnRow
            key={key}
            label={name}
            help={t("ownHelp")}
            isOn={reminders[key] ?? true}
            onTurn={(isOn) => onChange({ reminders: { ...reminders, [key]: isOn } })}
          />
        ))}
    </div>
  );
}
