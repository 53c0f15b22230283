"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { addPhone } from "@/app/(workspace)/simulator/actions";
import { useErrorWords } from "../shell/use-error-words";
import { Button } from "../ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

type Props = { onAdded: (phone: string) => void; children: ReactNode };

/** Another person's phone: a number, or a WhatsApp id without one, and perhaps a name. */
export function AddPhoneDialog({ onAdded, children }: Props) {
  const t = useTranslations("simulator.people");
  const words = useErrorWords();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const phone = String(form.get("phone")).replaceAll(/[\s().-]/g, (sign) =>
      sign === "." ? "." : "",
    );
    setBusy(true);
    const result = await addPhone({ phone, name: String(form.get("name")) });
    setBusy(false);
    if (!result.ok) {
      setError(result.code === "invalid" ? t("wrongNumber") : words.about(result));
      return;
    }
    setOpen(false);
    setError(null);
    onAdded(phone);
  };

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{children}</DialogTrigger>
      <DialogContent title={t("addTitle")} description={t("addLead")} width="sm">
        <form onSubmit={(event) => void submit(event)} className="contents">
          <DialogBody>
            <Field label={t("number")} help={t("numberHelp")} error={error}>
              <Input name="phone" type="tel" required autoFocus autoComplete="off" />
            </Field>
            <Field label={t("name")} aside={t("optional")}>
              <Input name="name" maxLength={80} autoComplete="off" />
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button type="submit" variant="primary" loading={isBusy}>
              {t("addSubmit")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
