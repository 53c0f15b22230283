"use client";

import { useTranslations } from "next-intl";
import { setUp } from "@/app/(auth)/actions";
import { PASSWORD_MIN } from "@/lib/domain/password-rule";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { PasswordInput } from "./password-input";
import { useEntryForm } from "./use-entry-form";

/** The first owner and the first workspace. */
export function SetupForm({ token }: { token: string }) {
  const t = useTranslations("auth");
  const form = useEntryForm((fields) =>
    setUp({
      token,
      workspaceName: fields.workspaceName ?? "",
      name: fields.name ?? "",
      email: fields.email ?? "",
      password: fields.password ?? "",
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
  );
  return (
    <form className="flex flex-col gap-4" onSubmit={form.submit}>
      {form.banner ? <Banner tone="danger">{form.banner}</Banner> : null}
      <Field
        label={t("workspaceName")}
        help={t("workspaceNameHelp")}
        error={form.faultOf("workspaceName")}
      >
        <Input name="workspaceName" autoComplete="organization" required autoFocus maxLength={80} />
      </Field>
      <Field label={t("name")} error={form.faultOf("name")}>
        <Input name="name" autoComplete="name" required maxLength={80} />
      </Field>
      <Field label={t("email")} error={form.faultOf("email")}>
        <Input name="email" type="email" autoComplete="username" required />
      </Field>
      <Field
        label={t("password")}
        help={t("passwordHelp", { min: PASSWORD_MIN })}
        error={form.faultOf("password")}
      >
        <PasswordInput name="password" autoComplete="new-password" required />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={form.isBusy}>
        {t("setupSubmit")}
      </Button>
    </form>
  );
}
