"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import type { ActionResult } from "@/lib/auth/action";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

type Props = { confirm: (input: { code: string }) => Promise<ActionResult<unknown>> };

/** Where somebody enters the code that was sent to an address of theirs. */
export function CodeForm({ confirm }: Props) {
  const t = useTranslations("addresses");
  const saver = useSaver(confirm, { done: t("done"), isToldInForm: true });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code")).replaceAll(/\s/g, "");
    void saver.save({ code });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-2">
      <Field
        label={t("code")}
        help={t("codeHelp")}
        error={saver.faultOf("code") ?? saver.refusal ?? undefined}
        className="w-40"
      >
        <Input
          name="code"
          required
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={9}
        />
      </Field>
      <Button type="submit" loading={saver.isBusy} className="mt-6.5">
        {t("confirm")}
      </Button>
    </form>
  );
}
