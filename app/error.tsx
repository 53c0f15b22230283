"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

type Props = { error: Error & { digest?: string }; retry: () => void };

/** A page that could not be made. The digest finds its line in the log. */
export default function PageError({ error, retry }: Props) {
  const t = useTranslations("errors.page");
  return (
    <main className="flex min-h-full flex-1 items-center justify-center">
      <EmptyState
        icon={CircleAlert}
        title={<h1 className="text-lg">{t("errorTitle")}</h1>}
        action={
          <Button variant="primary" onClick={retry}>
            {t("again")}
          </Button>
        }
      >
        <p>{t("error")}</p>
        {error.digest ? (
          <p className="mt-2 text-xs">{t("digest", { digest: error.digest })}</p>
        ) : null}
      </EmptyState>
    </main>
  );
}
