"use client";

import { Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import {
  dropType,
  makeType,
  saveType,
} from "@/app/(workspace)/settings/notification-types/actions";
import { NOTIFICATION_CHANNELS, SEVERITIES } from "@/lib/domain/deciding/words";
import { TYPE_KINDS } from "@/lib/domain/notification-types/notification-type";
import { AlertDialog } from "../ui/alert-dialog";
import { Button } from "../ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { SwitchRow } from "./switch-row";
import { TypeChannels } from "./type-channels";
import type { ShownType } from "./type-values";
import { useSaver } from "./use-saver";

/** Edits a type; without one, makes a type of the workspace's own. */
export function TypeDialog({ type }: { type: ShownType | null }) {
  const t = useTranslations("notificationTypes");
  const ui = useTranslations("ui");
  const locale = useLocale() === "fr" ? "fr" : "en";
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const name = type?.names[locale] ?? "";
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        {type ? (
          <Button size="sm" aria-label={t("editOf", { name })}>
            {ui("edit")}
          </Button>
        ) : (
          <Button variant="primary">
            <Plus aria-hidden />
            {t("new")}
          </Button>
        )}
      </DialogTrigger>
      <DialogContent title={type ? name : t("new")}>
        <TypeForm type={type} onDone={close} />
      </DialogContent>
    </Dialog>
  );
}

function TypeForm({ type, onDone }: { type: ShownType | null; onDone: () => void }) {
  const t = useTranslations("notificationTypes");
  const ui = useTranslations("ui");
  const making = useSaver(makeType, { onDone });
  const saving = useSaver(saveType, { onDone });
  const dropping = useSaver(dropType, { onDone });
  const { faultOf, isBusy } = type ? saving : making;
  const severities = type?.severities ?? SEVERITIES;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name));
    const told = {
      names: { fr: text("fr"), en: text("en") },
      severity: SEVERITIES.find((one) => one === text("severity")) ?? severities[0],
      channels: NOTIFICATION_CHANNELS.filter((one) => data.getAll("channel").includes(one)),
      isTimeSensitive: data.get("isTimeSensitive") === "on",
      isActive: data.get("isActive") === "on",
    };
    if (type) return void saving.save({ key: type.key, ...told });
    const kind = TYPE_KINDS.find((one) => one === text("kind")) ?? "alert";
    void making.save({ key: text("key"), kind, category: text("category"), ...told });
  };
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogBody>
        {type ? null : <NewFields faultOf={faultOf} />}
        <div className="grid gap-4 sm:grid-cols-2">
          {(["fr", "en"] as const).map((language) => (
            <Field
              key={language}
              label={t(`name.${language}`)}
              error={faultOf(`names.${language}`)}
            >
              <Input name={language} defaultValue={type?.names[language]} maxLength={80} required />
            </Field>
          ))}
        </div>
        <Field label={t("severity")} help={t("severityHelp")} error={faultOf("severity")}>
          <Select name="severity" defaultValue={type?.severities[0] ?? "medium"}>
            {SEVERITIES.filter((one) => severities.includes(one)).map((one) => (
              <option key={one} value={one}>
                {t(`severities.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <TypeChannels chosen={type?.channels ?? ["web"]} error={faultOf("channels")} />
        <SwitchRow
          name="isTimeSensitive"
          label={t("timeSensitive")}
          help={t("timeSensitiveHelp")}
          defaultChecked={type?.isTimeSensitive ?? false}
        />
        <SwitchRow
          name="isActive"
          label={t("active")}
          help={t("activeHelp")}
          defaultChecked={type?.isActive ?? true}
        />
      </DialogBody>
      <DialogFooter>
        {type?.origin === "own" ? (
          <AlertDialog
            trigger={<Button variant="dangerGhost">{ui("delete")}</Button>}
            title={t("removeTitle")}
            confirmLabel={ui("delete")}
            onConfirm={async () => {
              await dropping.save({ key: type.key });
            }}
          >
            {t("removeLead")}
          </AlertDialog>
        ) : null}
        {type?.origin === "changed" ? (
          <Button
            type="button"
            variant="ghost"
            loading={dropping.isBusy}
            onClick={() => void dropping.save({ key: type.key })}
          >
            {t("reset")}
          </Button>
        ) : null}
        <Button type="submit" variant="primary" loading={isBusy}>
          {type ? ui("save") : t("create")}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** What a type is, said once: it cannot be changed afterwards. */
function NewFields({ faultOf }: { faultOf: (path: string) => string | undefined }) {
  const t = useTranslations("notificationTypes");
  return (
    <>
      <Field label={t("key")} help={t("keyHelp")} error={faultOf("key")}>
        <Input name="key" autoComplete="off" spellCheck={false} maxLength={64} required />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("kind")} error={faultOf("kind")}>
          <Select name="kind">
            {TYPE_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kinds.${kind}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("category")} help={t("categoryHelp")} error={faultOf("category")}>
          <Input name="category" autoComplete="off" spellCheck={false} maxLength={40} required />
        </Field>
      </div>
    </>
  );
}
