"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { dismissAlert } from "@/app/(workspace)/actions";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";
import { useErrorWords } from "./use-error-words";

type Props = {
  id: string;
  /** What is only to be known is "seen"; default: it is mended. */
  says?: "mended" | "seen";
};

/** "It is mended": the alert goes, and comes back when the fault does. */
export function DismissAlert({ id, says = "mended" }: Props) {
  const t = useTranslations("shell.alerts");
  const errors = useErrorWords();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const dismiss = () =>
    startTransition(async () => {
      const result = await dismissAlert({ id });
      if (result.ok) router.refresh();
      else toast.error(errors.about(result));
    });
  return (
    <Button
      size="xs"
      variant={says === "seen" ? "ghost" : "dangerGhost"}
      loading={isPending}
      onClick={dismiss}
    >
      {t(says)}
    </Button>
  );
}
