"use client";

import { useTranslations } from "next-intl";
import { acceptInvite } from "@/app/(auth)/actions";
import { PASSWORD_MIN } from "@/lib/domain/password-rule";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { PasswordInput } from "./password-input";
import { useEntryForm } from "./use-entry-form";

type Props = {
  token: string;
  email: string;
  name: string;
  /** The address has an account: its password joins the workspace. */
  hasAccount: boolean;
};

export function InviteForm({ token, email, name, hasAccount }: Props) {
  const t = useTranslations("auth");
  const form = useEntryForm((fields) =>
    acceptInvite({ token, name: fields.name ?? name, password: fields.password ?? "" }),
  );
  return (
    <form className="flex flex-col gap-4" onSubmit={form.submit}>
      {form.banner ? <Banner tone="danger">{form.banner}</Banner> : null}
      <Field label={t("email")}>
        <Input name="email" type="email" autoComplete="username" value={email} readOnly />
      </Field>
      {hasAccount ? null : (
        <Field label={t("name")} error={form.faultOf("name")}>
          <Input name="name" autoComplete="name" defaultValue={name} required maxLength={80} />
        </Field>
      )}
      <Field
        label={hasAccount ? t("yourPassword") : t("newPassword")}
        help={hasAccount ? t("yourPasswordHelp") : t("passwordHelp", { min: PASSWORD_MIN })}
        error={form.faultOf("password")}
      >
        <PasswordInput
          name="password"
          autoComplete={hasAccount ? "current-password" : "new-password"}
          required
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={form.isBusy}>
        {t("inviteSubmit")}
      </Button>
    </form>
  );
}
