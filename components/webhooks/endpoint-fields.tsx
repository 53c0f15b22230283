"use client";

import { useTranslations } from "next-intl";
import type { WebhookEvent } from "@/lib/domain/webhooks/events";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { EventChoice } from "./event-choice";

type Props = {
  url: string;
  description: string;
  events: readonly WebhookEvent[];
  faultOf: (path: string) => string | undefined;
  hasNoEvent: boolean;
};

export function EndpointFields({ url, description, events, faultOf, hasNoEvent }: Props) {
  const t = useTranslations("settings.webhooks");
  const ui = useTranslations("ui");
  return (
    <>
      <Field label={t("url")} help={t("urlHelp")} error={faultOf("url")}>
        <Input
          name="url"
          type="url"
          required
          maxLength={2000}
          defaultValue={url}
          placeholder="https://hooks.example.com/carillon"
          autoComplete="off"
        />
      </Field>
      <Field label={t("description")} aside={ui("optional")} error={faultOf("description")}>
        <Input name="description" maxLength={200} defaultValue={description} />
      </Field>
      <EventChoice defaultChosen={events} error={hasNoEvent ? t("eventsNeeded") : undefined} />
    </>
  );
}
