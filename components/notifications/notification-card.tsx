import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { Severity } from "@/lib/domain/deciding/words";
import type { ReplyAction } from "@/lib/domain/reply-codes/reply-code";
import { type Subject, subjectLink } from "@/lib/domain/subject";
import { Badge } from "../ui/badge";
import { Disclosure } from "../ui/disclosure";
import { AnswerBadge } from "./answer-badge";
import { type DeliveryLine, useLineWords } from "./delivery-line";
import { gatherAlike } from "./same-fate";
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
  deliveries: readonly DeliveryLine[];
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
    <article className="relative flex flex-col gap-1.5 px-5 py-4">
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {isUnread ? (
          <span className="absolute top-5.5 left-1.5 size-2 rounded-full bg-accent">
            <span className="sr-only">{t("unread")}</span>
          </span>
        ) : null}
        <h2 className="min-w-0 break-words font-medium text-sm">{title}</h2>
        <Badge tone={SEVERITY_TONES[severity]}>{t(`severities.${severity}`)}</Badge>
        {answer ? <AnswerBadge answer={answer} /> : null}
        <time
          dateTime={createdAt}
          className="ml-auto text-muted text-xs max-sm:ml-0 max-sm:basis-full"
        >
          {at}
        </time>
      </header>
      {body ? <p className="whitespace-pre-line break-words text-muted text-sm">{body}</p> : null}
      {url && subject ? (
        <a
          href={url}
          target="_blank"
          rel="noreferrer"
          className="self-start py-0.5 text-accent-fg text-sm underline underline-offset-2 [overflow-wrap:anywhere]"
        >
          {t("open", { title: subject.title })}
          <ArrowUpRight className="ml-0.5 inline size-3.5" aria-hidden />
        </a>
      ) : null}
      <Disclosure summary={t("why")}>
        <States deliveries={deliveries} />
        <Link
          href={detailHref}
          scroll={false}
          className="mt-2 inline-block py-0.5 text-accent-fg text-sm underline underline-offset-2 pointer-coarse:py-2.5"
        >
          {t("details")}
        </Link>
      </Disclosure>
    </article>
  );
}

function States({ deliveries }: Pick<Props, "deliveries">) {
  const channels = useTranslations("preferences.channels");
  const words = useLineWords();
  const told = deliveries.map((line) => ({ ...line, sentence: words(line) }));
  return (
    <dl className="mt-1 flex flex-col gap-1.5 border-line border-l-2 pl-3 text-sm">
      {gatherAlike(told).map(({ channels: alike, state, sentence }) => (
        <div key={alike[0]} className="grid gap-x-3 gap-y-0.5 sm:grid-cols-[11rem_minmax(0,1fr)]">
          <dt>{alike.map((channel) => channels(channel)).join(", ")}</dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
            <StateBadge state={state} />
            {sentence ? <span className="min-w-0 text-muted">{sentence}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
