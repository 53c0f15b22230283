"use client";

import { CloudOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** The first rows could not be read, most often because the database is away. */
export default function InboxError({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("inbox.failed");
  return (
    <EmptyState
      className="h-full"
      icon={CloudOff}
      title={t("title")}
      action={<Button onClick={reset}>{t("again")}</Button>}
    >
      {t("hint")}
    </EmptyState>
  );
}
