"use client";

import { CheckCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { readAllNotifications } from "@/app/(workspace)/notifications/actions";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";

/** Takes the marks off all that is unread. */
export function ReadAll() {
  const t = useTranslations("notifications");
  const saver = useSaver(readAllNotifications, { done: null });
  return (
    <Button loading={saver.isBusy} onClick={() => void saver.save({})}>
      <CheckCheck aria-hidden />
      {t("markRead")}
    </Button>
  );
}
