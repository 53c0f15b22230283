"use client";

import { useTranslations } from "next-intl";
import type { Provider } from "@/lib/domain/words";
import { PasswordInput } from "../auth/password-input";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import type { IntegrationValues } from "./integration-values";

type Props = {
  values: IntegrationValues;
  /** From the environment: its credentials are not changed here. */
  isSystem: boolean;
  faultOf: (path: string) => string | undefined;
};

type Named = Exclude<Provider, "console">;
/** What the account is told apart by, and its secret: as its provider calls them. */
const LABELS = {
  twilio: { account: "sid", secret: "newToken", help: "newTokenHelp" },
  aws_sns: { account: "sns.accessKey", secret: "sns.newSecret", help: "sns.newSecretHelp" },
  resend: { account: "email.domain", secret: "email.newKey", help: "email.newKeyHelp" },
  smtp: { account: "email.server", secret: "email.newPassword", help: "email.newPasswordHelp" },
} as const satisfies Record<Named, object>;

/** The account of a sender, and a place for a new secret; the old one is never shown. */
export function AccountFields({ values, isSystem, faultOf }: Props) {
  const t = useTranslations("settings.integrations");
  const ui = useTranslations("ui");
  const { provider } = values;
  if (provider === "console") return null;
  const labels = LABELS[provider];
  return (
    <>
      {provider === "aws_sns" ? <LastWord>{t("sns.lastWord")}</LastWord> : null}
      {provider === "smtp" ? <LastWord>{t("email.smtpLastWord")}</LastWord> : null}
      <Field label={t(labels.account)}>
        <Input className="font-mono" value={values.accountId} readOnly />
      </Field>
      {values.region ? (
        <Field label={t("sns.region")}>
          <Input className="font-mono" value={values.region} readOnly />
        </Field>
      ) : null}
      {isSystem ? null : (
        <Field
          label={t(labels.secret)}
          aside={ui("optional")}
          help={t(labels.help)}
          error={faultOf("apiKey")}
        >
          <PasswordInput
            name="apiKey"
            className="font-mono"
            autoComplete="off"
            placeholder="••••••••••••••••"
          />
        </Field>
      )}
    </>
  );
}

function LastWord({ children }: { children: string }) {
  return <p className="rounded-md bg-canvas px-3 py-2 text-muted text-sm">{children}</p>;
}
