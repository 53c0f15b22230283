import { ArrowUpRight, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { NotificationChannel, Severity } from "@/lib/domain/deciding/words";
import type { DeliveryState } from "@/lib/domain/history/delivery-state";
import type { ReplyAction } from "@/lib/domain/reply-codes/reply-code";
import { type Subject, subjectLink } from "@/lib/domain/subject";
import { Badge } from "../ui/badge";
import { AnswerBadge } from "./answer-badge";
import { StateBadge } from "./state-badge";

export const SEVERITY_TONES = {
  low: "neutral",
  medium: "accent",
  high: "warning",
  critical: "danger",
} as const;

type Props = {
  notification: {
    title: string;
    body: string;
    severity: Severity;
    subject: Subject | null;
    isUnread: boolean;
    answer: ReplyAction | null;
    createdAt: string;
  };
  deliveries: readonly { channel: NotificationChannel; state: DeliveryState; sentence: string }[];
  zone: string;
  /** Where all that was decided and tried is told. */
  detailHref: string;
};

/** One notification; what became of it on each channel is a click away. */
export function NotificationCard({ notification, deliveries, zone, detailHref }: Props) {
  const t = useTranslations("notifications");
  const format = useFormatter();
  const { title, body, severity, subject, isUnread, answer, createdAt } = notification;
  const url = subjectLink(subject);
  const at = format.dateTime(new Date(createdAt), {
    timeZone: zone,
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (
    <article className="flex flex-col gap-1.5 p-4">
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {isUnread ? (
          <span className="size-2 shrink-0 rounded-full bg-accent">
            <span className="sr-only">{t("unread")}</span>
          </span>
        ) : null}
        <h2 className="min-w-0 break-words font-medium text-sm">{title}</h2>
        <Badge tone={SEVERITY_TONES[severity]}>{t(`severities.${severity}`)}</Badge>
        {answer ? <AnswerBadge answer={answer} /> : null}
        <time dateTime={createdAt} className="ml-auto text-muted text-xs">
          {at}
        </time>
      </header>
      {body ? <p className="whitespace-pre-line break-words text-muted text-sm">{body}</p> : null}
      {url && subject ? (
        <a
          href={url}
          target="_blank"
          rel="noreferrer"
          className="flex items-center gap-1 self-start text-accent-fg text-sm underline underline-offset-2"
        >
          {t("open", { title: subject.title })}
          <ArrowUpRight className="size-3.5" aria-hidden />
        </a>
      ) : null}
      <details className="group">
        <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm py-1 text-muted text-xs hover:text-fg">
          <ChevronRight
            className="size-3.5 transition-transform group-open:rotate-90"
            aria-hidden
          />
          {t("why")}
        </summary>
        <States deliveries={deliveries} />
        <Link
          href={detailHref}
          scroll={false}
          className="mt-2 inline-block text-accent-fg text-sm underline underline-offset-2"
        >
          {t("details")}
        </Link>
      </details>
    </article>
  );
}

function States({ deliveries }: Pick<Props, "deliveries">) {
  const channels = useTranslations("preferences.channels");
  return (
    <dl className="mt-1 flex flex-col gap-1.5 border-line border-l-2 pl-3 text-sm">
      {deliveries.map(({ channel, state, sentence }) => (
        <div key={channel} className="flex flex-wrap items-start gap-x-2 gap-y-0.5">
          <dt className="w-24">{channels(channel)}</dt>
          <dd className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5">
            <StateBadge state={state} />
            <span className="min-w-0 text-muted">{sentence}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
