"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { WEBHOOK_EVENTS, type WebhookEvent } from "@/lib/domain/webhooks/events";
import { Checkbox } from "../ui/checkbox";
import { FieldError } from "../ui/field";
import { Label } from "../ui/label";

type Props = {
  /** Empty: all. */
  defaultChosen: readonly WebhookEvent[];
  /** What is wrong with the choice. */
  error?: string;
};

/** All events, those of later versions too, or some. Read back by `chosenEvents`. */
export function EventChoice({ defaultChosen, error }: Props) {
  const t = useTranslations("settings.webhooks");
  const [isAll, setAll] = useState(defaultChosen.length === 0);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">{t("events")}</legend>
      <Label className="flex items-center gap-2 font-normal">
        <Checkbox
          name="all"
          value="on"
          checked={isAll}
          onCheckedChange={(on) => setAll(on === true)}
        />
        {t("everything")}
      </Label>
      {isAll ? null : (
        <div className="grid gap-2 sm:grid-cols-2">
          {WEBHOOK_EVENTS.map((event) => (
            <Label key={event} className="flex items-start gap-2 font-normal">
              <Checkbox
                name="event"
                value={event}
                defaultChecked={defaultChosen.includes(event)}
                className="mt-0.5"
              />
              <span className="min-w-0">
                <span className="block">{t(`eventNames.${event}`)}</span>
                <code className="block font-mono text-muted text-xs">{event}</code>
              </span>
            </Label>
          ))}
        </div>
      )}
      {error ? <FieldError>{error}</FieldError> : null}
    </fieldset>
  );
}

/** What is chosen in a form; empty: all. null: not all, and none. */
export function chosenEvents(data: FormData): WebhookEvent[] | null {
  if (data.get("all") === "on") return [];
  const names = data.getAll("event");
  const chosen = WEBHOOK_EVENTS.filter((event) => names.includes(event));
  return chosen.length > 0 ? chosen : null;
}
