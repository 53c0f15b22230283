"use client";

import { CloudOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

type Props = {
  /** Finds its line in the log. */
  digest: string | undefined;
  retry: () => void;
};

/** A page of the workspace could not be made, most often because the database is away. */
export function PageFailed({ digest, retry }: Props) {
  const t = useTranslations("errors.page");
  return (
    <EmptyState
      className="h-full"
      icon={CloudOff}
      title={<h1>{t("errorTitle")}</h1>}
      action={<Button onClick={retry}>{t("again")}</Button>}
    >
      <p>{t("error")}</p>
      {digest ? <p className="mt-2 text-xs">{t("digest", { digest })}</p> : null}
    </EmptyState>
  );
}
