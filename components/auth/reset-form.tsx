"use client";

import { useTranslations } from "next-intl";
import { choosePassword } from "@/app/(auth)/actions";
import { PASSWORD_MIN } from "@/lib/domain/password-rule";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { PasswordInput } from "./password-input";
import { useEntryForm } from "./use-entry-form";

export function ResetForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations("auth");
  const form = useEntryForm((fields) => choosePassword({ token, password: fields.password ?? "" }));
  return (
    <form className="flex flex-col gap-4" onSubmit={form.submit}>
      {form.banner ? <Banner tone="danger">{form.banner}</Banner> : null}
      <Field label={t("email")}>
        <Input name="email" type="email" autoComplete="username" value={email} readOnly />
      </Field>
      <Field
        label={t("newPassword")}
        help={t("passwordHelp", { min: PASSWORD_MIN })}
        error={form.faultOf("password")}
      >
        <PasswordInput name="password" autoComplete="new-password" required autoFocus />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={form.isBusy}>
        {t("resetSubmit")}
      </Button>
    </form>
  );
}
