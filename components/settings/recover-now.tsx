"use client";

import { useTranslations } from "next-intl";
import { recoverMissed } from "@/app/(workspace)/settings/integrations/webhook-actions";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";
import { useSaver } from "./use-saver";

/** Asks the provider now for what has not reached us. */
export function RecoverNow({ id }: { id: string }) {
  const t = useTranslations("settings.traffic");
  const saver = useSaver(recoverMissed, {
    done: null,
    onDone: ({ recovered, imported }) =>
      toast.success(t("fetched", { count: recovered + imported })),
  });
  return (
    <div>
      <Button size="sm" loading={saver.isBusy} onClick={() => void saver.save({ id })}>
        {t("fetch")}
      </Button>
    </div>
  );
}
