"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { changeIntegration } from "@/app/(workspace)/settings/integrations/actions";
import { PasswordInput } from "../auth/password-input";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { toast } from "../ui/toast";
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
    const { accountId, apiKey, region, ...changes } = readIntegrationForm(event.currentTarget);
    // What is the default stays it until another is chosen.
    const isDefault = changes.isDefault || undefined;
    void saver.save({ id, ...changes, isDefault, ...(apiKey && { apiKey }) });
  };
  const isAws = values.provider === "aws_sns";
  const isNumberFixed = isSystem || hasHistory;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t("name")} error={saver.faultOf("name")}>
        <Input name="name" required maxLength={80} defaultValue={values.name} />
      </Field>
      <Field
        label={t("number")}
        help={isNumberFixed ? t(isSystem ? "systemFixed" : "historyFixed") : t("numberHelp")}
        error={saver.faultOf("phoneNumber")}
      >
        <Input
          name="phoneNumber"
          required
          maxLength={40}
          defaultValue={values.phoneNumber}
          readOnly={isNumberFixed}
        />
      </Field>
      {values.provider === "aws_sns" ? (
        <p className="rounded-md bg-canvas px-3 py-2 text-muted text-sm">{t("sns.lastWord")}</p>
      ) : null}
      {values.provider !== "console" ? (
        <>
          <Field label={isAws ? t("sns.accessKey") : "Account SID"}>
            <Input className="font-mono" value={values.accountId} readOnly />
          </Field>
          {values.region ? (
            <Field label={t("sns.region")}>
              <Input className="font-mono" value={values.region} readOnly />
            </Field>
          ) : null}
          {isSystem ? null : (
            <Field
              label={t(isAws ? "sns.newSecret" : "newToken")}
              aside={ui("optional")}
              help={t(isAws ? "sns.newSecretHelp" : "newTokenHelp")}
              error={saver.faultOf("apiKey")}
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
