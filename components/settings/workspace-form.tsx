"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { saveWorkspace } from "@/app/(workspace)/settings/workspace/actions";
import { LOCALES, type Locale } from "@/lib/domain/words";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { type Country, CountrySelect } from "./country-select";
import { useSaver } from "./use-saver";

type Props = {
  workspace: {
    name: string;
    locale: Locale;
    timeZone: string;
    defaultCountry: string;
    pacePerMinute: number | null;
    maxAttempts: number;
    retryDelaySeconds: number;
  };
  countries: readonly Country[];
  timeZones: readonly string[];
};

export function WorkspaceForm({ workspace, countries, timeZones }: Props) {
  const t = useTranslations("settings.workspace");
  const ui = useTranslations("ui");
  const shell = useTranslations("shell");
  const saver = useSaver(saveWorkspace);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    // `86 400` is how a number is written here, too.
    const digits = (name: string) => String(data.get(name)).replace(/\s/g, "");
    const pace = digits("pacePerMinute");
    void saver.save({
      name: String(data.get("name")),
      defaultCountry: String(data.get("defaultCountry")),
      timeZone: String(data.get("timeZone")),
      locale: LOCALES.find((known) => known === data.get("locale")) ?? workspace.locale,
      pacePerMinute: pace === "" ? null : Number(pace),
      maxAttempts: Number(digits("maxAttempts")),
      retryDelaySeconds: Number(digits("retryDelaySeconds")),
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <Field label={t("name")} error={saver.faultOf("name")}>
        <Input name="name" defaultValue={workspace.name} maxLength={80} required />
      </Field>
      <Field label={t("country")} help={t("countryHelp")} error={saver.faultOf("defaultCountry")}>
        <CountrySelect
          name="defaultCountry"
          countries={countries}
          defaultValue={workspace.defaultCountry}
        />
      </Field>
      <Field label={t("timeZone")} error={saver.faultOf("timeZone")}>
        <Select name="timeZone" defaultValue={workspace.timeZone}>
          {timeZones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll("_", " ")}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("language")} help={t("languageHelp")}>
        <Select name="locale" defaultValue={workspace.locale}>
          {LOCALES.map((locale) => (
            <option key={locale} value={locale}>
              {shell(`locales.${locale}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label={t("pace")}
        aside={ui("optional")}
        help={t("paceHelp")}
        error={saver.faultOf("pacePerMinute")}
        className="sm:col-span-2"
      >
        <Input
          name="pacePerMinute"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={workspace.pacePerMinute ?? ""}
        />
      </Field>
      <Field label={t("attempts")} help={t("attemptsHelp")} error={saver.faultOf("maxAttempts")}>
        <Input
          name="maxAttempts"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={workspace.maxAttempts}
          required
        />
      </Field>
      <Field
        label={t("retryDelay")}
        help={t("retryDelayHelp")}
        error={saver.faultOf("retryDelaySeconds")}
      >
        <Input
          name="retryDelaySeconds"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={workspace.retryDelaySeconds}
          required
        />
      </Field>
      <div className="sm:col-span-2">
        <Button type="submit" variant="primary" loading={saver.isBusy}>
          {ui("save")}
        </Button>
      </div>
    </form>
  );
}
