"use client";

import { BellOff, CornerUpLeft, ShieldAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { answerMail, unsubscribeFromMail } from "@/app/(workspace)/simulator/actions";
import type { MailView } from "@/app/(workspace)/simulator/view";
import type { ActionResult } from "@/lib/auth/action";
import { useErrorWords } from "../shell/use-error-words";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";

type Props = { mail: MailView; onChanged: () => Promise<void> };

/** What a person, or their mail server, does with a mail. */
export function MailDeeds({ mail, onChanged }: Props) {
  const t = useTranslations("simulator.mail");
  const words = useErrorWords();
  const [isRunning, start] = useTransition();
  const { id, lastEvent, canUnsubscribe } = mail;
  const run = (deed: () => Promise<ActionResult<null>>) =>
    start(async () => {
      const result = await deed();
      if (!result.ok) toast.error(words.about(result));
      await onChanged();
    });
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          disabled={isRunning || !canUnsubscribe}
          onClick={() => run(() => unsubscribeFromMail({ id }))}
        >
          <BellOff aria-hidden />
          {t("unsubscribe")}
        </Button>
        <Button
          size="sm"
          disabled={isRunning || lastEvent === "complained"}
          onClick={() => run(() => answerMail({ id, type: "complained" }))}
        >
          <ShieldAlert aria-hidden />
          {t("spam")}
        </Button>
        <Button
          size="sm"
          disabled={isRunning || lastEvent === "bounced"}
          onClick={() => run(() => answerMail({ id, type: "bounced" }))}
        >
          <CornerUpLeft aria-hidden />
          {t("bounce")}
        </Button>
      </div>
      {canUnsubscribe ? null : <p className="text-muted text-xs">{t("noUnsubscribe")}</p>}
    </div>
  );
}
