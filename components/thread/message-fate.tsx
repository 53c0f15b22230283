"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { ThreadMessage } from "@/lib/domain/inbox";
import { useInbox, useInboxSlice, useNow } from "../inbox/inbox-context";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";

/** Below a message that did not simply go through: what happened, in words, and what can be done. */
export function MessageFate({ message }: { message: ThreadMessage }) {
  const sentence = useFateSentence(message);
  const tone = toneOf(message);
  if (sentence === null) return null;
  return (
    <div
      className={cn("mt-1 flex flex-wrap items-center justify-end gap-x-2 gap-y-1 text-xs", tone)}
    >
      <span className="max-w-prose text-balance text-right" role="status">
        {sentence}
      </span>
      <Deeds message={message} />
    </div>
  );
}

function Deeds({ message }: { message: ThreadMessage }) {
  const t = useTranslations("thread.deeds");
  const { verbs } = useInbox();
  const [busy, setBusy] = useState<Deed | null>(null);
  const run = async (deed: Deed) => {
    setBusy(deed);
    await verbs[deed](message.conversationId, message.id);
    setBusy(null);
  };
  const isDoubtful = message.status === "unconfirmed";
  return deedsOf(message).map((deed) => (
    <Button
      key={deed}
      size="xs"
      loading={busy === deed}
      disabled={busy !== null}
      onClick={() => void run(deed)}
    >
      {t(isDoubtful && deed === "retry" ? "sendAgain" : deed)}
    </Button>
  ));
}

type Deed = "retry" | "cancel" | "confirm";

/** Of an unconfirmed message a person decides only when nothing else can. */
function deedsOf({ status, statusReason }: ThreadMessage): readonly Deed[] {
  switch (status) {
    case "unconfirmed":
      return statusReason === "doubtful" ? ["confirm", "retry"] : [];
    case "failed":
    case "undelivered":
    case "expired":
    case "canceled":
      return ["retry"];
    case "queued":
    case "scheduled":
    case "paused":
      return ["cancel"];
    default:
      return [];
  }
}

function toneOf({ status }: ThreadMessage): string {
  if (status === "failed" || status === "undelivered") return "text-danger-fg";
  if (status === "unconfirmed" || status === "expired" || status === "paused") {
    return "text-warning-fg";
  }
  return "text-subtle";
}

/** A paced message that has only just been written may leave in a moment. */
const SOON_MS = 3000;

/** Why a queued message is still here, where nothing is said about itself. */
function useHoldUp({ conversationId, createdAt }: ThreadMessage) {
  const holdUp = useInboxSlice((state) => state.details[conversationId]?.holdUp ?? null);
  const isNew = useIsNew(createdAt);
  return holdUp === "paced" && isNew ? null : holdUp;
}

/** The screen's clock goes by the half minute, so it ends by a timer of its own. */
function useIsNew(createdAt: string): boolean {
  const now = useNow();
  const [isOver, setIsOver] = useState(false);
  const isNew = !isOver && now.getTime() - Date.parse(createdAt) < SOON_MS;
  useEffect(() => {
    if (!isNew) return;
    const timer = setTimeout(() => setIsOver(true), SOON_MS);
    return () => clearTimeout(timer);
  }, [isNew]);
  return isNew;
}

/** null: the tick says it all. */
function useFateSentence(message: ThreadMessage): string | null {
  const t = useTranslations();
  const holdUp = useHoldUp(message);
  if (message.statusReason === "earlier_attempt_accepted") return reasonSentence(message, t);
  switch (message.status) {
    case "failed":
    case "undelivered":
      return faultSentence(message, t);
    case "queued":
      return reasonSentence(message, t) ?? (holdUp && t(`thread.reasons.${holdUp}`));
    case "unconfirmed":
      return reasonSentence(message, t) ?? t("thread.fates.unconfirmed");
    case "canceled":
    case "expired":
    case "paused":
      return reasonSentence(message, t) ?? t(`thread.fates.${message.status}`);
    default:
      return null;
  }
}

type Translate = ReturnType<typeof useTranslations<never>>;

function faultSentence(message: ThreadMessage, t: Translate): string {
  const code = message.errorCode;
  if (code !== null && t.has(`errors.provider.${code}`)) {
    return `${t(`errors.provider.${code}`)} (${code})`;
  }
  const reason = reasonSentence(message, t);
  if (reason !== null) return reason;
  const text = message.errorMessage ?? t("thread.fates.noWords");
  return code === null ? text : t("thread.fates.unknownCode", { code, text });
}

function reasonSentence(message: ThreadMessage, t: Translate): string | null {
  const key = `thread.reasons.${message.statusReason ?? ""}`;
  return message.statusReason !== null && t.has(key) ? t(key) : null;
}
