"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { makeApiKey } from "@/app/(workspace)/settings/api-keys/actions";
import { API_SCOPES, type Role } from "@/lib/domain/words";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Label } from "../ui/label";
import { Select } from "../ui/select";
import { CopyField } from "./copy-field";
import { useSaver } from "./use-saver";

/** Makes a key and shows it, once. */
export function NewApiKey({ roles }: { roles: readonly Role[] }) {
  const t = useTranslations("settings.apiKeys");
  const ui = useTranslations("ui");
  const [isOpen, setOpen] = useState(false);
  const [key, setKey] = useState<string | null>(null);
  const change = (open: boolean) => {
    setOpen(open);
    if (!open) setKey(null);
  };
  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus />
          {t("new")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("new")}>
        {key ? (
          <>
            <DialogBody>
              <Banner tone="warning">{t("shownOnce")}</Banner>
              <CopyField label={t("key")} value={key} />
            </DialogBody>
            <DialogFooter>
              <Button variant="primary" onClick={() => change(false)}>
                {ui("close")}
              </Button>
            </DialogFooter>
          </>
        ) : (
          <KeyForm roles={roles} onMade={setKey} />
        )}
      </DialogContent>
    </Dialog>
  );
}

type FormProps = { roles: readonly Role[]; onMade: (key: string) => void };

function KeyForm({ roles, onMade }: FormProps) {
  const t = useTranslations("settings.apiKeys");
  const roleNames = useTranslations("shell.roles");
  const [isNarrow, setNarrow] = useState(false);
  const saver = useSaver(makeApiKey, { done: null, onDone: ({ key }) => onMade(key) });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const role = roles.find((known) => known === data.get("role")) ?? "agent";
    const chosen = API_SCOPES.filter((scope) => data.getAll("scope").includes(scope));
    void saver.save({ name: String(data.get("name")), role, scopes: isNarrow ? chosen : null });
  };
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogBody>
        <Field label={t("name")} help={t("nameHelp")} error={saver.faultOf("name")}>
          <Input name="name" required maxLength={80} autoFocus />
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
        <Label className="flex items-center gap-2 font-normal">
          <Checkbox checked={isNarrow} onCheckedChange={(on) => setNarrow(on === true)} />
          {t("narrow")}
        </Label>
        {isNarrow ? (
          <fieldset className="grid gap-1.5 sm:grid-cols-2">
            <legend className="sr-only">{t("narrow")}</legend>
            {API_SCOPES.map((scope) => (
              <Label key={scope} className="flex items-center gap-2 font-normal">
                <Checkbox name="scope" value={scope} />
                <code className="font-mono text-xs">{scope}</code>
              </Label>
            ))}
          </fieldset>
        ) : null}
        {saver.faultOf("scopes") ? <Banner tone="danger">{t("scopesNeeded")}</Banner> : null}
      </DialogBody>
      <DialogFooter>
        <Button type="submit" variant="primary" loading={saver.isBusy}>
          {t("create")}
        </Button>
      </DialogFooter>
    </form>
  );
}
