"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { saveSettings } from "@/app/(workspace)/settings/notifications/actions";
import { API_LIMIT_BOUNDS, type ApiLimits } from "@/lib/domain/api-limits";
import { AGGREGATION_BOUNDS } from "@/lib/domain/deciding/aggregation";
import { FREQUENCY_BOUNDS } from "@/lib/domain/deciding/high-frequency";
import type { WeeklyHours } from "@/lib/domain/deciding/weekly-hours";
import { WeeklyHoursEditor } from "../preferences/weekly-hours";
import { Button } from "../ui/button";
import { Field, FieldError } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { Section } from "./section";
import { SwitchRow } from "./switch-row";
import { useSaver } from "./use-saver";

const WEEK: WeeklyHours = {
  days: ["mon", "tue", "wed", "thu", "fri"],
  start: "08:00",
  end: "19:00",
};

type Props = {
  saved: {
    timeZone: string;
    workingHours: readonly WeeklyHours[];
    demandsVerified: boolean;
    aggregationSeconds: number;
    highFrequency: { isOn: boolean; alerts: number; seconds: number };
    apiLimits: ApiLimits;
  };
  timeZones: readonly string[];
};

/** What holds for the notifications of all. */
export function NotificationSettingsForm({ saved, timeZones }: Props) {
  const t = useTranslations("notificationSettings");
  const ui = useTranslations("ui");
  const saver = useSaver(saveSettings);
  const [workingHours, setWorkingHours] = useState(saved.workingHours);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    // `86 400` is how a number is written here, too.
    const number = (name: string) => Number(String(data.get(name)).replace(/\s/g, "") || "x");
    const limit = (name: string) => (String(data.get(name)).trim() === "" ? null : number(name));
    void saver.save({
      timeZone: String(data.get("timeZone")),
      workingHours: workingHours.map(({ days, ...span }) => ({ ...span, days: [...days] })),
      demandsVerified: data.get("demandsVerified") === "on",
      aggregationSeconds: number("aggregationSeconds"),
      highFrequency: {
        isOn: data.get("watchesFrequency") === "on",
        alerts: number("frequencyAlerts"),
        seconds: number("frequencySeconds"),
      },
      apiLimits: {
        perMinute: limit("perMinute"),
        perRecipientHour: limit("perRecipientHour"),
        perRecipientDay: limit("perRecipientDay"),
      },
    });
  };
  const numberField = (name: string, path: string, value: number, bounds: Bounds) => (
    <Field
      label={t(name)}
      help={t(`${name}Help`)}
      error={saver.hasFault(path) ? t("between", bounds) : undefined}
    >
      <Input name={name} inputMode="numeric" autoComplete="off" defaultValue={value} required />
    </Field>
  );
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <Section title={t("hoursTitle")} lead={t("hoursLead")}>
        <WeeklyHoursEditor
          hours={workingHours}
          usual={WEEK}
          none={t("hoursNone")}
          add={t("hoursAdd")}
          onChange={setWorkingHours}
        />
        {saver.hasFault("workingHours") ? <FieldError>{t("hoursWrong")}</FieldError> : null}
        <Field label={t("timeZone")} help={t("timeZoneHelp")} error={saver.faultOf("timeZone")}>
          <Select name="timeZone" defaultValue={saved.timeZone}>
            {timeZones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </Select>
        </Field>
      </Section>
      <Section title={t("floodTitle")} lead={t("floodLead")}>
        {numberField(
          "aggregationSeconds",
          "aggregationSeconds",
          saved.aggregationSeconds,
          AGGREGATION_BOUNDS,
        )}
        <SwitchRow
          name="watchesFrequency"
          label={t("watchesFrequency")}
          help={t("watchesFrequencyHelp")}
          defaultChecked={saved.highFrequency.isOn}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          {numberField(
            "frequencyAlerts",
            "highFrequency.alerts",
            saved.highFrequency.alerts,
            FREQUENCY_BOUNDS.alerts,
          )}
          {numberField(
            "frequencySeconds",
            "highFrequency.seconds",
            saved.highFrequency.seconds,
            FREQUENCY_BOUNDS.seconds,
          )}
        </div>
      </Section>
      <Section title={t("apiTitle")} lead={t("apiLead")}>
        <div className="grid gap-4 sm:grid-cols-3">
          {(["perMinute", "perRecipientHour", "perRecipientDay"] as const).map((name) => (
            <Field
              key={name}
              label={t(name)}
              error={
                saver.hasFault(`apiLimits.${name}`) ? t("between", API_LIMIT_BOUNDS) : undefined
              }
            >
              <Input
                name={name}
                inputMode="numeric"
                autoComplete="off"
                defaultValue={saved.apiLimits[name] ?? ""}
                placeholder={t("noLimit")}
              />
            </Field>
          ))}
        </div>
      </Section>
      <Section title={t("addressesTitle")}>
        <SwitchRow
          name="demandsVerified"
          label={t("demandsVerified")}
          help={t("demandsVerifiedHelp")}
          defaultChecked={saved.demandsVerified}
        />
      </Section>
      <div>
        <Button type="submit" variant="primary" loading={saver.isBusy}>
          {ui("save")}
        </Button>
      </div>
    </form>
  );
}

type Bounds = { least: number; most: number };
