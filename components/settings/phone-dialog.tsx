"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { savePhone } from "@/app/(workspace)/settings/people/actions";
import { Button } from "../ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import type { PersonItem } from "./people-list";
import { useSaver } from "./use-saver";

type Props = { person: PersonItem; isOpen: boolean; onClose: () => void };

/** R001, R003, R006. */
export function PhoneDialog({ person, isOpen, onClose }: Props) {
  const t = useTranslations("settings.people");
  const ui = useTranslations("ui");
  const saver = useSaver(savePhone, { onDone: onClose });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    void saver.save({ id: person.id, phoneNumber: String(data.get("phoneNumber")) });
  };
  return (
    <Dialog open={isOpen} onOpenChange={(open) => (open ? null : onClose())}>
      <DialogContent title={t("phoneOf", { name: person.name })} width="sm">
        <form onSubmit={submit}>
          <DialogBody>
            <Field
              label={t("phone")}
              aside={ui("optional")}
              help={t("phoneHelp")}
              error={saver.faultOf("phoneNumber")}
            >
              <Input
                name="phoneNumber"
                type="tel"
                autoFocus
                maxLength={40}
                defaultValue={person.phoneNumber ?? ""}
              />
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button type="submit" variant="primary" loading={saver.isBusy}>
              {ui("save")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
