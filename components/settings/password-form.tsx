"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef } from "react";
import { saveOwnPassword } from "@/app/(workspace)/settings/profile/actions";
import { PASSWORD_MIN } from "@/lib/domain/password-rule";
import { PasswordInput } from "../auth/password-input";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { useSaver } from "./use-saver";

/** A new password; the other browsers are signed out. */
export function PasswordForm() {
  const t = useTranslations("settings.profile");
  const auth = useTranslations("auth");
  const form = useRef<HTMLFormElement>(null);
  const saver = useSaver(saveOwnPassword, {
    done: t("passwordChanged"),
    onDone: () => form.current?.reset(),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    void saver.save({ current: String(data.get("current")), next: String(data.get("next")) });
  };
  return (
    <form ref={form} onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <Field label={t("currentPassword")} error={saver.faultOf("current")}>
        <PasswordInput name="current" autoComplete="current-password" required />
      </Field>
      <Field
        label={auth("newPassword")}
        help={auth("passwordHelp", { min: PASSWORD_MIN })}
        error={saver.faultOf("next")}
      >
        <PasswordInput name="next" autoComplete="new-password" required />
      </Field>
      <div className="sm:col-span-2">
        <Button type="submit" loading={saver.isBusy}>
          {t("changePassword")}
        </Button>
      </div>
    </form>
  );
}
