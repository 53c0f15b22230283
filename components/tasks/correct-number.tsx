"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { correctTask } from "@/app/(workspace)/tasks/actions";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { toast } from "../ui/toast";

/** The right number: it takes the place of the bad one, and what waited leaves for it. */
export function CorrectNumber({ id }: { id: string }) {
  const t = useTranslations("tasks");
  const saver = useSaver(correctTask, {
    done: null,
    onDone: ({ count }) => toast.success(t("corrected", { count })),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    void saver.save({ id, number: String(data.get("number")) });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-2">
      <Field
        label={t("number")}
        error={saver.faultOf("number")}
        className="min-w-0 flex-1 basis-52"
      >
        <Input name="number" type="tel" autoComplete="off" maxLength={40} required />
      </Field>
      <Button type="submit" variant="primary" loading={saver.isBusy} className="sm:mt-6">
        {t("correct")}
      </Button>
    </form>
  );
}
