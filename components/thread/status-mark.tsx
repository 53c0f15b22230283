"use client";

import {
  Ban,
  Check,
  CheckCheck,
  CircleAlert,
  CircleHelp,
  CirclePause,
  Clock,
  ClockAlert,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ThreadMessage } from "@/lib/domain/inbox";
import type { MessageStatus } from "@/lib/domain/words";
import { useTimeWords } from "../inbox/use-time-words";
import { cn } from "../ui/cn";
import { Tooltip } from "../ui/tooltip";
import { useMoney } from "../ui/use-money";

const MARKS: Record<Exclude<MessageStatus, "received">, { icon: typeof Check; style: string }> = {
  scheduled: { icon: Clock, style: "text-subtle" },
  queued: { icon: Clock, style: "text-subtle" },
  sending: { icon: Clock, style: "text-subtle" },
  unconfirmed: { icon: CircleHelp, style: "text-warning-fg" },
  accepted: { icon: Check, style: "text-subtle" },
  sent: { icon: Check, style: "text-muted" },
  delivered: { icon: CheckCheck, style: "text-muted" },
  read: { icon: CheckCheck, style: "text-accent-fg" },
  undelivered: { icon: CircleAlert, style: "text-danger-fg" },
  failed: { icon: CircleAlert, style: "text-danger-fg" },
  canceled: { icon: Ban, style: "text-subtle" },
  expired: { icon: ClockAlert, style: "text-warning-fg" },
  paused: { icon: CirclePause, style: "text-warning-fg" },
};

/** The tick of an outbound message; its tooltip tells when each step happened. */
export function StatusMark({ message }: { message: ThreadMessage }) {
  const t = useTranslations("status");
  if (message.status === "received") return null;
  const { icon: Icon, style } = MARKS[message.status];
  return (
    <Tooltip label={<Steps message={message} />}>
      <button
        type="button"
        className={cn("inline-flex rounded-xs", style)}
        aria-label={t(`words.${message.status}`)}
        data-status={message.status}
      >
        <Icon className="size-3.5" aria-hidden />
      </button>
    </Tooltip>
  );
}

function Steps({ message }: { message: ThreadMessage }) {
  const t = useTranslations("status");
  const time = useTimeWords();
  const money = useMoney();
  const { cost } = message;
  const steps = [
    ["created", message.createdAt],
    ["sent", message.sentAt],
    ["delivered", message.deliveredAt],
    ["read", message.readAt],
    ["failed", message.failedAt],
  ] as const;
  return (
    <span className="flex flex-col gap-0.5">
      <span className="font-medium">{t(`words.${message.status}`)}</span>
      {steps.map(([step, at]) =>
        at === null ? null : (
          <span key={step} className="opacity-80">
            {t(`steps.${step}`, { at: time.full(at) })}
          </span>
        ),
      )}
      {message.segments !== null && message.segments > 1 ? (
        <span className="opacity-80">{t("segments", { count: message.segments })}</span>
      ) : null}
      {cost !== null ? (
        <span className="opacity-80">
          {t(cost.isEstimate ? "estimated" : "billed", { price: money(cost) })}
        </span>
      ) : null}
    </span>
  );
}
