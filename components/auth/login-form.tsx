"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useErrorWords } from "../shell/use-error-words";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { type DemoLogin, DemoLogins } from "./demo-logins";
import { PasswordInput } from "./password-input";
import { type SignInResult, signInWithPassword } from "./sign-in";

type Props = {
  demoLogins: readonly DemoLogin[];
  /** Path of the page to open then. */
  landing: string;
};

/** E-mail and password; in the demo one click on a person does both. */
export function LoginForm({ demoLogins, landing }: Props) {
  const t = useTranslations("auth");
  const errors = useErrorWords();
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const [failure, setFailure] = useState<Extract<SignInResult, { ok: false }> | null>(null);

  const enter = async (email: string, password: string) => {
    setBusyWith(email);
    setFailure(null);
    const result = await signInWithPassword({ email, password });
    // A full load, so that nothing of the page before is kept for the new viewer.
    if (result.ok) return window.location.assign(landing);
    setFailure(result);
    setBusyWith(null);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    void enter(String(data.get("email")).trim(), String(data.get("password")));
  };

  return (
    <>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        {failure ? <Banner tone="danger">{errors.about(failure)}</Banner> : null}
        <Field label={t("email")}>
          <Input name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
        <Field
          label={t("password")}
          aside={
            <Link href="/forgot" className="text-accent-fg hover:underline">
              {t("forgot")}
            </Link>
          }
        >
          <PasswordInput name="password" autoComplete="current-password" required />
        </Field>
        <Button type="submit" variant="primary" size="lg" loading={busyWith !== null}>
          {t("signIn")}
        </Button>
      </form>
      {demoLogins.length > 0 ? (
        <DemoLogins
          logins={demoLogins}
          isBusy={busyWith !== null}
          onChoose={(login) => void enter(login.email, login.password)}
        />
      ) : null}
    </>
  );
}
