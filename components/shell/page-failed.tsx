"use client";

import { CloudOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

/** A page of the workspace could not be read, most often because the database is away. */
export function PageFailed({ retry }: { retry: () => void }) {
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
