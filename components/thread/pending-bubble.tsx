"use client";

import { Clock, CloudOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useInbox } from "../inbox/inbox-context";
import type { PendingMessage } from "../inbox/inbox-state";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { MessageMedia } from "./message-media";
import { MessageText } from "./message-text";
import { useRefusal } from "./use-refusal";

/** A reply our server has not answered yet: "sending", and no word more. */
export function PendingBubble({ pending }: { pending: PendingMessage }) {
  const t = useTranslations("thread.pending");
  const hasFailed = pending.state !== "sending";
  return (
    <article aria-label={t("label")} className="flex flex-col items-end px-4 pt-3 sm:px-6">
      <div
        className={cn(
          "flex max-w-[min(34rem,85%)] flex-col gap-1.5 rounded-2xl rounded-br-sm px-3 py-1.5 text-base",
          hasFailed ? "bg-danger-soft" : "bg-accent-soft opacity-75",
        )}
      >
        <MessageMedia media={pending.media} />
        <MessageText text={pending.body} />
      </div>
      {hasFailed ? (
        <Failed pending={pending} />
      ) : (
        <p className="mt-0.5 flex items-center gap-1 px-1 text-2xs text-subtle" role="status">
          {t("sending")}
          <Clock className="size-3.5" aria-hidden />
        </p>
      )}
    </article>
  );
}

function Failed({ pending }: { pending: PendingMessage }) {
  const t = useTranslations("thread.pending");
  const { verbs } = useInbox();
  const refusal = useRefusal();
  const words =
    pending.state === "unreachable"
      ? t("unreachable")
      : refusal(pending.error?.code ?? "unexpected", pending.error?.message ?? null);
  return (
    <div className="mt-1 flex flex-wrap items-center justify-end gap-2 text-danger-fg text-xs">
      <span className="flex items-center gap-1" role="alert">
        <CloudOff className="size-3.5" aria-hidden />
        {words}
      </span>
      <Button size="xs" onClick={() => verbs.sendAgain(pending)}>
        {t("again")}
      </Button>
      <Button size="xs" variant="ghost" onClick={() => verbs.takeBack(pending)}>
        {t("takeBack")}
      </Button>
    </div>
  );
}
