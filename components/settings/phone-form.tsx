"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { saveOwnPhone } from "@/app/(workspace)/settings/profile/actions";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { useSaver } from "./use-saver";

/** R001: one's own phone number. */
export function PhoneForm({ phoneNumber }: { phoneNumber: string | null }) {
  const t = useTranslations("settings.people");
  const ui = useTranslations("ui");
  const saver = useSaver(saveOwnPhone);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    void saver.save({ phoneNumber: String(data.get("phoneNumber")) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 sm:max-w-sm">
      <Field
        label={t("phone")}
        aside={ui("optional")}
        help={t("phoneHelp")}
        error={saver.faultOf("phoneNumber")}
      >
        <Input
          key={phoneNumber}
          name="phoneNumber"
          type="tel"
          autoComplete="tel"
          maxLength={40}
          defaultValue={phoneNumber ?? ""}
        />
      </Field>
      <div>
        <Button type="submit" loading={saver.isBusy}>
          {ui("save")}
        </Button>
      </div>
    </form>
  );
}
