"use client";

import { useTranslations } from "next-intl";
import { changeIntegration } from "@/app/(workspace)/settings/integrations/actions";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { useSaver } from "./use-saver";

/** Two tokens are accepted while Twilio changes from one to the other. */
export function TokenOverlap({ id }: { id: string }) {
  const t = useTranslations("settings.integrations");
  const saver = useSaver(changeIntegration);
  return (
    <Banner
      tone="info"
      title={t("overlap")}
      action={
        <Button
          size="sm"
          loading={saver.isBusy}
          onClick={() => void saver.save({ id, endTokenOverlap: true })}
        >
          {t("endOverlap")}
        </Button>
      }
    >
      {t("overlapLead")}
    </Banner>
  );
}
