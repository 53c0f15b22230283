"use client";

import { useTranslations } from "next-intl";
import { tryEndpoint } from "@/app/(workspace)/settings/webhooks/actions";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";

export function TestEndpoint({ id, isActive }: { id: string; isActive: boolean }) {
  const t = useTranslations("settings.webhooks");
  const saver = useSaver(tryEndpoint, { done: t("testOwed") });
  return (
    <Button disabled={!isActive} loading={saver.isBusy} onClick={() => void saver.save({ id })}>
      {t("test")}
    </Button>
  );
}
