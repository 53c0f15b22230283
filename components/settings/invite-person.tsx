"use client";

import { UserRoundPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { invitePerson } from "@/app/(workspace)/settings/people/actions";
import type { Role } from "@/lib/domain/words";
import { Button } from "../ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { CopyField } from "./copy-field";
import { useSaver } from "./use-saver";

/** Asks somebody in; the link is handed over by whoever invites. */
export function InvitePerson({ roles }: { roles: readonly Role[] }) {
  const t = useTranslations("settings.people");
  const ui = useTranslations("ui");
  const [isOpen, setOpen] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const change = (open: boolean) => {
    setOpen(open);
    if (!open) setLink(null);
  };
  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <UserRoundPlus />
          {t("invite")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("invite")} description={link ? t("inviteReady") : t("inviteLead")}>
        {link ? (
          <>
            <DialogBody>
              <CopyField label={t("inviteLink")} value={link} />
            </DialogBody>
            <DialogFooter>
              <Button variant="primary" onClick={() => change(false)}>
                {ui("close")}
              </Button>
            </DialogFooter>
          </>
        ) : (
          <InviteForm roles={roles} onMade={setLink} />
        )}
      </DialogContent>
    </Dialog>
  );
}

type FormProps = { roles: readonly Role[]; onMade: (link: string) => void };

function InviteForm({ roles, onMade }: FormProps) {
  const t = useTranslations("settings.people");
  const ui = useTranslations("ui");
  const roleNames = useTranslations("shell.roles");
  const saver = useSaver(invitePerson, { done: null, onDone: ({ link }) => onMade(link) });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const role = roles.find((known) => known === data.get("role")) ?? "agent";
    void saver.save({ email: String(data.get("email")), name: String(data.get("name")), role });
  };
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <Field label={t("email")} error={saver.faultOf("email")}>
          <Input name="email" type="email" required autoFocus />
        </Field>
        <Field label={t("name")} aside={ui("optional")}>
          <Input name="name" maxLength={80} />
        </Field>
        <Field label={t("role")} help={t("roleHelp")}>
          <Select name="role" defaultValue="agent">
            {roles.map((role) => (
              <option key={role} value={role}>
                {roleNames(role)}
              </option>
            ))}
          </Select>
        </Field>
      </DialogBody>
      <DialogFooter>
        <Button type="submit" variant="primary" loading={saver.isBusy}>
          {t("inviteSubmit")}
        </Button>
      </DialogFooter>
    </form>
  );
}
