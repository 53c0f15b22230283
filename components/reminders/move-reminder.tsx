"use client";

import { CalendarClock } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { moveReminder } from "@/app/(workspace)/reminders/actions";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import { Dialog, DialogContent, DialogTrigger } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

type Props = {
  id: string;
  /** `2026-11-28T09:30` by the workspace's clock. */
  at: string;
  /** The same, when it is of no use any more. */
  until: string;
  zone: string;
};

/** Gives a reminder another hour. */
export function MoveReminder({ id, at, until, zone }: Props) {
  const t = useTranslations("reminders");
  const [isOpen, setOpen] = useState(false);
  const saver = useSaver(moveReminder, { done: t("moved"), onDone: () => setOpen(false) });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    void saver.save({ id, at: String(data.get("at")).slice(0, 16) });
  };
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <CalendarClock aria-hidden />
          {t("move")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("moveTitle")} description={t("moveLead", { zone })} width="sm">
        <form onSubmit={submit} className="flex flex-col gap-4 px-5 pb-5">
          <Field label={t("hour")} error={saver.faultOf("at")}>
            <Input name="at" type="datetime-local" defaultValue={at} max={until} required />
          </Field>
          <Button type="submit" variant="primary" loading={saver.isBusy} className="self-end">
            {t("moveNow")}
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}
