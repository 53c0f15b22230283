"use client";

import { useTranslations } from "next-intl";
import { refreshTemplates } from "@/app/(workspace)/settings/integrations/template-actions";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";
import { useSaver } from "./use-saver";

/** Approvals come and go at WhatsApp: asks for them now, rather than once a day. */
export function RefreshTemplates({ id }: { id: string }) {
  const t = useTranslations("settings.templates");
  const saver = useSaver(refreshTemplates, {
    done: null,
    onDone: ({ count }) => toast.success(t("refreshed", { count })),
  });
  return (
    <div>
      <Button size="sm" loading={saver.isBusy} onClick={() => void saver.save({ id })}>
        {t("refresh")}
      </Button>
    </div>
  );
}
