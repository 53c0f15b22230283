"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { changeSending } from "@/app/(workspace)/settings/sending/actions";
import type { PauseScope } from "@/lib/domain/words";
import { AlertDialog } from "../ui/alert-dialog";
import { Label } from "../ui/label";
import { Switch } from "../ui/switch";
import { toast } from "../ui/toast";
import { useSaver } from "./use-saver";

type Props = {
  scope: PauseScope;
  /** null: it sends. */
  pause: { since: string; by: string | null } | null;
  /** Messages that are due and have not left. */
  waiting: number;
};

/** Switches sending off, once that is confirmed, and on again; what was done can be undone at once. */
export function SendingSwitch({ scope, pause, waiting }: Props) {
  const t = useTranslations("sending");
  const format = useFormatter();
  const id = useId();
  const [isAsking, setAsking] = useState(false);
  const name = t(`names.${scope}`);
  const saver = useSaver(changeSending, { done: null });
  const turn = async (isPaused: boolean) => {
    if (!(await saver.save({ [scope]: isPaused }))) return;
    toast(t(isPaused ? "paused" : "resumed", { name }), {
      action: { label: t("undo"), onClick: () => void saver.save({ [scope]: !isPaused }) },
    });
  };
  const since = pause && format.dateTime(new Date(pause.since), "moment");
  return (
    <div className="flex items-start justify-between gap-4">
      <span className="min-w-0">
        <Label htmlFor={id}>{t(`labels.${scope}`)}</Label>
        <p id={`${id}-help`} className="text-muted text-xs">
          {since ? t("offSince", { at: since, by: pause.by ?? "-" }) : t("on")}{" "}
          {t("waiting", { count: waiting })}
        </p>
      </span>
      <Switch
        id={id}
        checked={pause === null}
        disabled={saver.isBusy}
        onCheckedChange={(isOn) => (isOn ? void turn(false) : setAsking(true))}
        aria-describedby={`${id}-help`}
      />
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t("confirmTitle", { name })}
        confirmLabel={t("confirm")}
        onConfirm={() => turn(true)}
      >
        {t("confirmLead")}
      </AlertDialog>
    </div>
  );
}
