"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { changeIntegration } from "@/app/(workspace)/settings/integrations/actions";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { toast } from "../ui/toast";
import { AccountFields } from "./account-fields";
import { FromNameField, WebhookSecretField } from "./email-fields";
import { CommonFields, type FieldsProps } from "./integration-fields";
import { type IntegrationValues, readIntegrationForm } from "./integration-values";
import { useSaver } from "./use-saver";

type Props = Pick<FieldsProps, "countries" | "people" | "workspaceCountry"> & {
  id: string;
  values: IntegrationValues;
  /** From the environment: credentials and number are not changed here. */
  isSystem: boolean;
  /** The number has a history and stays what it is. */
  hasHistory: boolean;
};

export function EditIntegrationForm({ id, values, isSystem, hasHistory, ...choices }: Props) {
  const t = useTranslations("settings.integrations");
  const ui = useTranslations("ui");
  const saver = useSaver(changeIntegration, {
    onDone: ({ isChecked }) => {
      if (!isChecked) toast.warning(t("notChecked"));
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = readIntegrationForm(event.currentTarget);
    const { accountId, apiKey, region, webhookSecret, ...changes } = form;
    // What is the default stays it until another is chosen.
    const isDefault = changes.isDefault || undefined;
    const secrets = { ...(apiKey && { apiKey }), ...(webhookSecret && { webhookSecret }) };
    void saver.save({ id, ...changes, isDefault, ...secrets });
  };
  const isEmail = values.type === "email";
  const numberHelp = isEmail ? undefined : t("numberHelp");
  const isNumberFixed = isSystem || hasHistory;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t("name")} error={saver.faultOf("name")}>
        <Input name="name" required maxLength={80} defaultValue={values.name} />
      </Field>
      <Field
        label={t(isEmail ? "email.from" : "number")}
        help={isNumberFixed ? t(isSystem ? "systemFixed" : "historyFixed") : numberHelp}
        error={saver.faultOf("phoneNumber")}
      >
        <Input
          name="phoneNumber"
          required
          maxLength={254}
          defaultValue={values.phoneNumber}
          readOnly={isNumberFixed}
        />
      </Field>
      {isEmail ? <FromNameField faultOf={saver.faultOf} defaultValue={values.fromName} /> : null}
      {values.provider === "console" ? null : (
        <AccountFields values={values} isSystem={isSystem} faultOf={saver.faultOf} />
      )}
      {values.provider === "resend" ? (
        <WebhookSecretField values={values} faultOf={saver.faultOf} />
      ) : null}
      <CommonFields values={values} {...choices} faultOf={saver.faultOf} />
      <div>
        <Button type="submit" variant="primary" loading={saver.isBusy}>
          {ui("save")}
        </Button>
      </div>
    </form>
  );
}
