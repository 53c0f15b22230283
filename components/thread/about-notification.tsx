"use client";

import { Bell } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ThreadNotification } from "@/lib/domain/inbox";
import { useTimeWords } from "../inbox/use-time-words";
import { SubjectLink } from "../notifications/subject-link";

/** Quoted of a summary; how many more there are is said. */
const QUOTED = 2;

type Props = { about: readonly ThreadNotification[] };

/** Above a message that leaves by itself: what kind it is, and what it is about. */
export function AutomaticLabel({ about }: Props) {
  const t = useTranslations("thread.about");
  const [first] = about;
  if (!first) return null;
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-1">
      <Bell className="size-3 shrink-0" aria-hidden />
      {about.length > 1 ? t("summary", { count: about.length }) : t(`kinds.${first.kind}`)}
      {about.length === 1 && first.subject ? (
        <>
          <span aria-hidden>·</span>
          <SubjectLink subject={first.subject} />
        </>
      ) : null}
    </span>
  );
}

/** In a message that answers notifications: these, with what they are about. */
export function QuotedNotifications({ about }: Props) {
  const t = useTranslations("thread.about");
  return (
    <blockquote className="flex flex-col gap-1 rounded-sm border-accent border-l-2 bg-surface/60 px-2 py-1 text-muted text-sm">
      {about.slice(0, QUOTED).map((told) => (
        <Quoted key={told.id} told={told} />
      ))}
      {about.length > QUOTED ? (
        <p className="text-xs">{t("more", { count: about.length - QUOTED })}</p>
      ) : null}
    </blockquote>
  );
}

function Quoted({ told }: { told: ThreadNotification }) {
  const t = useTranslations("thread.about");
  return (
    <div>
      <p className="font-medium text-2xs text-accent-fg">
        {t("answers", { kind: t(`kinds.${told.kind}`) })}
      </p>
      <p className="line-clamp-3 [overflow-wrap:anywhere]">{told.title}</p>
      {told.subject ? (
        <p className="flex flex-wrap gap-x-2">
          <SubjectLink subject={told.subject} />
          <DueTime subject={told.subject} />
        </p>
      ) : null}
    </div>
  );
}

/** Until when the thing is wanted; nothing where nobody said. */
export function DueTime({ subject }: { subject: NonNullable<ThreadNotification["subject"]> }) {
  const t = useTranslations("thread.about");
  const time = useTimeWords();
  if (subject.dueAt) return <span>{t("due", { at: time.moment(subject.dueAt) })}</span>;
  return subject.dueOn ? <span>{t("due", { at: time.day(subject.dueOn) })}</span> : null;
}
