"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { askForReset } from "@/app/(auth)/actions";
import type { ActionResult } from "@/lib/auth/action";
import { useErrorWords } from "../shell/use-error-words";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

type Failure = Extract<ActionResult<never>, { ok: false }>;

/** Asks for a link by mail. Says the same whether somebody has the address or not. */
export function ForgotForm() {
  const t = useTranslations("auth");
  const errors = useErrorWords();
  const [isBusy, setBusy] = useState(false);
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get("email")).trim();
    setBusy(true);
    const result = await askForReset({ email });
    setFailure(result.ok ? null : result);
    setAskedFor(result.ok ? email : null);
    setBusy(false);
  };

  if (askedFor !== null) {
    return (
      <Banner tone="success" role="status">
        {t("forgotAsked", { email: askedFor })}
      </Banner>
    );
  }
  const banner = failure && failure.code !== "invalid" ? errors.about(failure) : null;
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      {banner ? <Banner tone="danger">{banner}</Banner> : null}
      <Field label={t("email")} error={errors.field(failure?.errors, "email")}>
        <Input name="email" type="email" autoComplete="username" required autoFocus />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={isBusy}>
        {t("forgotSubmit")}
      </Button>
    </form>
  );
}
