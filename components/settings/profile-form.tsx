"use client";

import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import type { FormEvent } from "react";
import { saveProfile } from "@/app/(workspace)/actions";
import { LOCALES, type Locale, THEMES, type Theme } from "@/lib/domain/words";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { useSaver } from "./use-saver";

type Props = {
  user: { name: string; email: string; locale: Locale; theme: Theme; timeZone: string | null };
  timeZones: readonly string[];
  workspaceTimeZone: string;
};

export function ProfileForm({ user, timeZones, workspaceTimeZone }: Props) {
  const t = useTranslations("settings.profile");
  const ui = useTranslations("ui");
  const shell = useTranslations("shell");
  const { setTheme } = useTheme();
  const saver = useSaver(saveProfile);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const theme = THEMES.find((known) => known === data.get("theme"));
    const locale = LOCALES.find((known) => known === data.get("locale"));
    if (theme) setTheme(theme);
    const timeZone = String(data.get("timeZone")) || null;
    void saver.save({ name: String(data.get("name")), locale, theme, timeZone });
  };
  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <Field label={t("name")} error={saver.faultOf("name")}>
        <Input name="name" defaultValue={user.name} autoComplete="name" maxLength={80} required />
      </Field>
      <Field label={t("email")} help={t("emailHelp")}>
        <Input value={user.email} readOnly />
      </Field>
      <Field label={t("language")}>
        <Select name="locale" defaultValue={user.locale} key={user.locale}>
          {LOCALES.map((locale) => (
            <option key={locale} value={locale}>
              {shell(`locales.${locale}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("theme")}>
        <Select name="theme" defaultValue={user.theme} key={user.theme}>
          {THEMES.map((theme) => (
            <option key={theme} value={theme}>
              {shell(`themes.${theme}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("timeZone")} help={t("timeZoneHelp")} error={saver.faultOf("timeZone")}>
        <Select name="timeZone" defaultValue={user.timeZone ?? ""}>
          <option value="">{t("workspaceZone", { zone: workspaceTimeZone })}</option>
          {timeZones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll("_", " ")}
            </option>
          ))}
        </Select>
      </Field>
      <div className="sm:col-span-2">
        <Button type="submit" variant="primary" loading={saver.isBusy}>
          {ui("save")}
        </Button>
      </div>
    </form>
  );
}
