"use client";

import { OctagonAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { dismissStop, recordConsent } from "@/app/(workspace)/inbox/actions";
import type { ThreadMessage } from "@/lib/domain/inbox";
import { useInboxSlice } from "../inbox/inbox-context";
import { asAnswer } from "../inbox/verbs";
import { useErrorWords } from "../shell/use-error-words";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";

/** "Stop, merci" is no keyword: somebody decides whether it was meant as one. */
export function ProbableStop({ message }: { message: ThreadMessage }) {
  const t = useTranslations("thread.probableStop");
  const errors = useErrorWords();
  const card = useInboxSlice((state) => state.cards[message.conversationId]);
  const [busy, setBusy] = useState<"record" | "dismiss" | null>(null);
  if (!card) return null;
  const settle = async (deed: "record" | "dismiss") => {
    setBusy(deed);
    const answer = await asAnswer(() =>
      deed === "dismiss"
        ? dismissStop({ messageId: message.id })
        : recordConsent({
            personId: card.person.id,
            integrationId: card.integrationId,
            state: "opted_out",
            words: message.body,
            messageId: message.id,
          }),
    );
    setBusy(null);
    if (!answer.ok) toast.error(errors.about(answer));
  };
  return (
    <div
      role="status"
      className="mt-1 flex max-w-[min(34rem,85%)] flex-wrap items-center gap-x-2 gap-y-1 px-1 text-warning-fg text-xs"
    >
      <p className="flex min-w-0 items-start gap-1">
        <OctagonAlert className="mt-px size-3.5 shrink-0" aria-hidden />
        {t("words")}
      </p>
      <Button
        size="xs"
        loading={busy === "record"}
        disabled={busy !== null}
        onClick={() => void settle("record")}
      >
        {t("record")}
      </Button>
      <Button
        size="xs"
        variant="ghost"
        loading={busy === "dismiss"}
        disabled={busy !== null}
        onClick={() => void settle("dismiss")}
      >
        {t("dismiss")}
      </Button>
    </div>
  );
}
