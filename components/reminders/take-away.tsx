"use client";

import { useTranslations } from "next-intl";
import { takeAwayReminder } from "@/app/(workspace)/reminders/actions";
import { useSaver } from "../settings/use-saver";
import { AlertDialog } from "../ui/alert-dialog";
import { Button } from "../ui/button";

/** Takes away a reminder that waits, after a question. */
export function TakeAway({ id }: { id: string }) {
  const t = useTranslations("reminders");
  const saver = useSaver(takeAwayReminder, { done: t("takenAway") });
  return (
    <AlertDialog
      trigger={
        <Button size="sm" variant="ghost" disabled={saver.isBusy}>
          {t("takeAway")}
        </Button>
      }
      title={t("takeAwayTitle")}
      confirmLabel={t("takeAway")}
      onConfirm={async () => void (await saver.save({ id }))}
    >
      {t("takeAwayWords")}
    </AlertDialog>
  );
}
