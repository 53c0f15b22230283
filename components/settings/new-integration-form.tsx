"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { connectIntegration } from "@/app/(workspace)/settings/integrations/actions";
import { PROVIDERS_OF } from "@/lib/domain/integration-input";
import { CHANNELS, type Channel, type Provider } from "@/lib/domain/words";
import { PasswordInput } from "../auth/password-input";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { toast } from "../ui/toast";
import { FromNameField, ResendFields, SmtpFields } from "./email-fields";
import { CommonFields, type FieldsProps } from "./integration-fields";
import { EMPTY_INTEGRATION, readIntegrationForm, readSmtpServer } from "./integration-values";
import { SnsFields } from "./sns-fields";
import { useSaver } from "./use-saver";

type Props = Pick<FieldsProps, "countries" | "people" | "workspaceCountry"> & {
  /** A first number of the workspace becomes the default by itself. */
  isFirst: boolean;
};

/** R416: connects a sender; its credentials are asked about at the provider before it is saved. */
export function NewIntegrationForm({ isFirst, ...choices }: Props) {
  const t = useTranslations("settings.integrations");
  const router = useRouter();
  const [type, setType] = useState<Channel>("sms");
  const [chosen, setProvider] = useState<Provider>("twilio");
  const providers: readonly Provider[] = PROVIDERS_OF[type];
  const provider = providers.includes(chosen) ? chosen : PROVIDERS_OF[type][0];
  const saver = useSaver(connectIntegration, {
    done: t("connected"),
    onDone: ({ id, isChecked }) => {
      if (!isChecked) toast.warning(t("notChecked"));
      router.push(`/settings/integrations/${id}`);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    void saver.save({ ...readIntegrationForm(form), type, provider, smtp: readSmtpServer(form) });
  };
  const values = { ...EMPTY_INTEGRATION, type, provider, isDefault: isFirst };
  const isEmail = type === "email";
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t("name")} help={t("nameHelp")} error={saver.faultOf("name")}>
        <Input name="name" required maxLength={80} autoFocus />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("type")} error={saver.faultOf("type")}>
          <Select
            name="type"
            value={type}
            onChange={({ target }) => {
              setType(CHANNELS.find((known) => known === target.value) ?? "sms");
            }}
          >
            {CHANNELS.map((known) => (
              <option key={known} value={known}>
                {t(`types.${known}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label={t("provider")}
          error={saver.faultOf("provider")}
          help={provider === "twilio" ? undefined : t(`helpOf.${provider}`)}
        >
          <Select
            value={provider}
            onChange={({ target }) => {
              setProvider(providers.find((known) => known === target.value) ?? provider);
            }}
          >
            {providers.map((known) => (
              <option key={known} value={known}>
                {t(`providers.${known}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {provider === "twilio" ? (
        <>
          <Field label="Account SID" help={t("sidHelp")} error={saver.faultOf("accountId")}>
            <Input
              name="accountId"
              className="font-mono"
              placeholder="AC…"
              autoComplete="off"
              spellCheck={false}
              required
            />
          </Field>
          <Field label="Auth Token" help={t("tokenHelp")} error={saver.faultOf("apiKey")}>
            <PasswordInput name="apiKey" className="font-mono" autoComplete="off" />
          </Field>
        </>
      ) : null}
      {provider === "aws_sns" ? <SnsFields faultOf={saver.faultOf} /> : null}
      {provider === "resend" ? <ResendFields faultOf={saver.faultOf} /> : null}
      {provider === "smtp" ? <SmtpFields faultOf={saver.faultOf} /> : null}
      <Field
        label={t(isEmail ? "email.from" : "number")}
        help={t(senderHelp(provider, isEmail))}
        error={saver.faultOf("phoneNumber")}
      >
        <Input
          name="phoneNumber"
          placeholder={isEmail ? "notices@example.org" : "+33199000101"}
          required
          maxLength={254}
        />
      </Field>
      {isEmail ? <FromNameField faultOf={saver.faultOf} defaultValue="" /> : null}
      <CommonFields values={values} {...choices} faultOf={saver.faultOf} />
      <div>
        <Button type="submit" variant="primary" loading={saver.isBusy}>
          {t("connect")}
        </Button>
      </div>
    </form>
  );
}

function senderHelp(provider: Provider, isEmail: boolean) {
  if (provider === "resend") return "email.resendFromHelp";
  if (isEmail) return "email.fromHelp";
  return provider === "aws_sns" ? "sns.senderHelp" : "numberHelp";
}
