"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { testNumber } from "@/app/(workspace)/settings/integrations/test-actions";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";
import { useErrorWords } from "./use-error-words";

/** Asks the provider whether a stopped sender works again; if so, it goes on. Nothing is sent. */
export function TryAgain({ integrationId }: { integrationId: string }) {
  const t = useTranslations("shell.stopped");
  const errors = useErrorWords();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const tryAgain = () =>
    startTransition(async () => {
      const result = await testNumber({ id: integrationId, to: null });
      if (!result.ok) toast.error(errors.about(result));
      router.refresh();
    });
  return (
    <Button size="xs" variant="dangerGhost" loading={isPending} onClick={tryAgain}>
      {t("check")}
    </Button>
  );
}
