"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { type UsualPace, usualPace } from "@/lib/domain/usual-pace";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import type { IntegrationValues } from "./integration-values";

type Props = { values: IntegrationValues; workspaceCountry: string; error: string | undefined };

/** The pace of a sender, with the figure that is usual for what the form says it is. */
export function PaceField({ values, workspaceCountry, error }: Props) {
  const t = useTranslations("settings.integrations");
  const format = useFormatter();
  const input = useRef<HTMLInputElement>(null);
  const usual = useUsualPace(input, { values, workspaceCountry });
  const use = (perSecond: number) => {
    if (!input.current) return;
    input.current.value = format.number(perSecond);
    input.current.focus();
  };
  return (
    <div className="flex flex-col gap-2">
      <Field label={t("pace")} help={t("paceHelp")} error={error}>
        <Input
          ref={input}
          name="pacePerSecond"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={values.pacePerSecond}
        />
      </Field>
      {usual ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md bg-canvas px-3 py-2">
          <p className="min-w-0 flex-1 basis-48 text-muted text-xs">
            {t(`usualPace.${usual.kind}`, { pace: usual.perSecond })}
          </p>
          <Button size="sm" onClick={() => use(usual.perSecond)}>
            {t("usePace", { pace: usual.perSecond })}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

type Known = Pick<Props, "values" | "workspaceCountry">;

/** Follows what is typed into the form around the field. */
function useUsualPace(
  field: React.RefObject<HTMLInputElement | null>,
  { values, workspaceCountry }: Known,
): UsualPace | null {
  const { type, provider, phoneNumber, defaultCountry } = values;
  const [usual, setUsual] = useState<UsualPace | null>(null);
  useEffect(() => {
    const form = field.current?.form;
    if (!form) return;
    const read = () => {
      const data = new FormData(form);
      const typed = data.get("type") ?? type;
      const found = usualPace({
        type: typed === "whatsapp" ? "whatsapp" : "sms",
        sender: String(data.get("phoneNumber") ?? phoneNumber),
        country: String(data.get("defaultCountry") || defaultCountry || workspaceCountry),
      });
      setUsual(provider === "twilio" ? found : null);
    };
    read();
    form.addEventListener("input", read);
    return () => form.removeEventListener("input", read);
  }, [field, type, provider, phoneNumber, defaultCountry, workspaceCountry]);
  return usual;
}
