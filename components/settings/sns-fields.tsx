"use client";

import { useTranslations } from "next-intl";
import { PasswordInput } from "../auth/password-input";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

/** The key of AWS, where it is used, and what AWS does not tell. */
export function SnsFields({ faultOf }: { faultOf: (path: string) => string | undefined }) {
  const t = useTranslations("settings.integrations.sns");
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("accessKey")} help={t("accessKeyHelp")} error={faultOf("accountId")}>
          <Input
            name="accountId"
            className="font-mono"
            placeholder="AKIA…"
            autoComplete="off"
            spellCheck={false}
            required
          />
        </Field>
        <Field label={t("region")} help={t("regionHelp")} error={faultOf("region")}>
          <Input
            name="region"
            className="font-mono"
            placeholder="eu-west-3"
            autoComplete="off"
            spellCheck={false}
            required
          />
        </Field>
      </div>
      <Field label={t("secret")} help={t("secretHelp")} error={faultOf("apiKey")}>
        <PasswordInput name="apiKey" className="font-mono" autoComplete="off" />
      </Field>
      <p className="rounded-md bg-canvas px-3 py-2 text-muted text-sm">{t("lastWord")}</p>
    </>
  );
}
