"use client";

import { CloudOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** The first rows could not be read, most often because the database is away. */
export default function InboxError({ retry }: { error: Error; retry: () => void }) {
  const t = useTranslations("inbox.failed");
  return (
    <EmptyState
      className="h-full"
      icon={CloudOff}
      title={t("title")}
      action={<Button onClick={retry}>{t("again")}</Button>}
    >
      {t("hint")}
    </EmptyState>
  );
}
