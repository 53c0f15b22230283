"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { resendOnChannel } from "@/app/(workspace)/notifications/actions";
import type { NotificationChannel } from "@/lib/domain/deciding/words";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";

/** Has a delivery that came to nothing decided again, and says what becomes of it. */
export function ResendButton({ id, channel }: { id: string; channel: NotificationChannel }) {
  const t = useTranslations("history.resend");
  const saver = useSaver(resendOnChannel, {
    done: null,
    onDone: ({ fate }) => {
      if (fate === "queued" || fate === "web") toast.success(t("leaves"));
      else toast.warning(t(fate));
    },
  });
  return (
    <Button size="sm" loading={saver.isBusy} onClick={() => void saver.save({ id, channel })}>
      <RotateCw aria-hidden />
      {t("again")}
    </Button>
  );
}
