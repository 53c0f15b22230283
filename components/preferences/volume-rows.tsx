"use client";

import { useTranslations } from "next-intl";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { TurnRow } from "./turn-row";
import type { ChangePreferences, ShownPreferences } from "./use-auto-save";

/** Alerts an hour that are offered. */
const CAPS = [1, 2, 3, 5, 10, 20, 50];

type Props = { shown: ShownPreferences; onChange: ChangePreferences };

/** How many alerts come, and whether those that follow each other come as one. */
export function VolumeRows({ shown, onChange }: Props) {
  const t = useTranslations("preferences.volume");
  const { maxPerHour, aggregation } = shown;
  const caps = maxPerHour === null || CAPS.includes(maxPerHour) ? CAPS : [...CAPS, maxPerHour];
  return (
    <div className="flex flex-col gap-4">
      <Field label={t("cap")} help={t("capHelp")} className="max-w-xs">
        <Select
          value={maxPerHour ?? ""}
          onChange={({ target }) =>
            onChange({ maxPerHour: target.value === "" ? null : Number(target.value) })
          }
        >
          {caps
            .toSorted((a, b) => a - b)
            .map((count) => (
              <option key={count} value={count}>
                {t("perHour", { count })}
              </option>
            ))}
          <option value="">{t("noCap")}</option>
        </Select>
      </Field>
      <TurnRow
        label={t("aggregation")}
        help={t("aggregationHelp")}
        isOn={aggregation}
        onTurn={(isOn) => onChange({ aggregation: isOn })}
      />
    </div>
  );
}
