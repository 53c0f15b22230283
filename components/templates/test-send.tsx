"use client";

import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { testTemplate } from "@/app/(workspace)/templates/actions";
import { useSaver } from "../settings/use-saver";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import type { Draft } from "./use-draft";

type Props = {
  id: string | null;
  draft: Draft;
  values: Record<string, string>;
  own: { phone: string; email: string };
  isFaulty: boolean;
};

/** Sends what stands in the editor, filled as the preview is, for real. */
export function TestSend({ id, draft, values, own, isFaulty }: Props) {
  const t = useTranslations("templates.test");
  const saver = useSaver(testTemplate, { done: t("sent"), isToldInForm: true });
  const isEmail = draft.channel === "email";
  const [to, setTo] = useState(isEmail ? own.email : own.phone);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { variables, approved, ...words } = draft;
    void saver.save({
      ...words,
      id,
      to,
      values,
      approved: copyOf(approved),
      variables: copyOf(variables),
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-2">
        <Field
          label={isEmail ? t("address") : t("number")}
          error={saver.faultOf("to")}
          className="min-w-48 flex-1"
        >
          <Input
            type={isEmail ? "email" : "tel"}
            required
            maxLength={254}
            value={to}
            onChange={({ target }) => setTo(target.value)}
          />
        </Field>
        <Button type="submit" loading={saver.isBusy} disabled={isFaulty}>
          <Send aria-hidden />
          {t("send")}
        </Button>
      </div>
      {saver.refusal ? <Banner tone="danger">{saver.refusal}</Banner> : null}
    </form>
  );
}

/** Actions take lists and records that they may change. */
export function copyOf<T>(value: T): Mutable<T> {
  return structuredClone(value) as Mutable<T>;
}

type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };
