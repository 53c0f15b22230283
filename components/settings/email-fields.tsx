"use client";

import { useTranslations } from "next-intl";
import { PasswordInput } from "../auth/password-input";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { type IntegrationValues, SECURITIES } from "./integration-values";

type Props = { faultOf: (path: string) => string | undefined };

/** The key by which Resend is asked to send. What it tells afterwards is set up once it is connected. */
export function ResendFields({ faultOf }: Props) {
  const t = useTranslations("settings.integrations.email");
  return (
    <Field label={t("resendKey")} help={t("resendKeyHelp")} error={faultOf("apiKey")}>
      <PasswordInput name="apiKey" className="font-mono" placeholder="re_…" autoComplete="off" />
    </Field>
  );
}

/** A mail server and whom it knows. */
export function SmtpFields({ faultOf }: Props) {
  const t = useTranslations("settings.integrations.email");
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[1fr_6rem]">
        <Field label={t("host")} error={faultOf("smtp.host")}>
          <Input
            name="host"
            className="font-mono"
            placeholder="smtp.example.org"
            autoComplete="off"
            spellCheck={false}
            required
          />
        </Field>
        <Field label={t("port")} error={faultOf("smtp.port")}>
          <Input
            name="port"
            className="font-mono"
            inputMode="numeric"
            defaultValue="587"
            required
          />
        </Field>
      </div>
      <Field label={t("security")} help={t("securityHelp")} error={faultOf("smtp.security")}>
        <Select name="security" defaultValue="starttls">
          {SECURITIES.map((security) => (
            <option key={security} value={security}>
              {t(`securities.${security}`)}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("user")} help={t("userHelp")} error={faultOf("accountId")}>
          <Input name="accountId" autoComplete="off" spellCheck={false} />
        </Field>
        <Field label={t("password")} error={faultOf("apiKey")}>
          <PasswordInput name="apiKey" autoComplete="off" />
        </Field>
      </div>
      <p className="rounded-md bg-canvas px-3 py-2 text-muted text-sm">{t("smtpLastWord")}</p>
    </>
  );
}

/** The name that is read beside the from address. */
export function FromNameField({ faultOf, defaultValue }: Props & { defaultValue: string }) {
  const t = useTranslations("settings.integrations.email");
  return (
    <Field label={t("fromName")} help={t("fromNameHelp")} error={faultOf("fromName")}>
      <Input name="fromName" maxLength={80} defaultValue={defaultValue} />
    </Field>
  );
}

/** Resend: what its webhooks are signed with; the address they go to stands in a section of its own. */
export function WebhookSecretField({
  values: { hasWebhookSecret },
  faultOf,
}: Props & { values: IntegrationValues }) {
  const t = useTranslations("settings.integrations.email");
  return (
    <Field
      label={t("webhookSecret")}
      help={t(hasWebhookSecret ? "webhookSecretKept" : "webhookSecretHelp")}
      error={faultOf("webhookSecret")}
    >
      <PasswordInput
        name="webhookSecret"
        className="font-mono"
        autoComplete="off"
        placeholder={hasWebhookSecret ? "••••••••••••••••" : "whsec_…"}
      />
    </Field>
  );
}
