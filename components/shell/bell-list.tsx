"use client";

import { ArrowUpRight, Check, CheckCheck } from "lucide-react";
import Link from "next/link";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { readAllNotifications, readNotification } from "@/app/(workspace)/notifications/actions";
import { subjectLink } from "@/lib/domain/subject";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { IconButton } from "../ui/icon-button";
import { Spinner } from "../ui/spinner";
import { toast } from "../ui/toast";
import type { BellEntry, useBell } from "./use-bell";
import { useErrorWords } from "./use-error-words";

type Props = { bell: ReturnType<typeof useBell>; onLeave: () => void };

/** The last notifications in the bell; opening one reads it. */
export function BellList({ bell, onLeave }: Props) {
  const t = useTranslations("bell");
  const errors = useErrorWords();
  const { latest, unread, hasFailed, read } = bell;
  const mark = async (id: string | null) => {
    const asked = id === null ? readAllNotifications({}) : readNotification({ id });
    const result = await asked.catch(() => ({ ok: false as const, code: "unreachable" }));
    if (result.ok) await read();
    else toast.error(errors.about(result));
  };
  return (
    <>
      <header className="flex items-center justify-between gap-2 border-line border-b px-3 py-2">
        <h2 className="font-medium text-sm">{t("title")}</h2>
        <Button size="sm" disabled={unread === 0} onClick={() => void mark(null)}>
          <CheckCheck aria-hidden />
          {t("readAll")}
        </Button>
      </header>
      <div className="min-h-0 overflow-y-auto" aria-busy={latest === null && !hasFailed}>
        {latest === null && !hasFailed ? (
          <p className="flex items-center gap-2 p-4 text-muted text-sm">
            <Spinner className="size-4" />
            {t("loading")}
          </p>
        ) : null}
        {hasFailed ? (
          <p role="alert" className="flex flex-col items-start gap-2 p-4 text-sm">
            {t("failed")}
            <Button size="sm" onClick={() => void read()}>
              {t("again")}
            </Button>
          </p>
        ) : null}
        {latest?.length === 0 ? <p className="p-4 text-muted text-sm">{t("empty")}</p> : null}
        <ul className="divide-y divide-line empty:hidden">
          {latest?.map((entry) => (
            <Entry key={entry.id} entry={entry} onRead={() => mark(entry.id)} onLeave={onLeave} />
          ))}
        </ul>
      </div>
      <footer className="border-line border-t px-3 py-2">
        <Link
          href="/notifications"
          onClick={onLeave}
          className="text-accent-fg text-sm underline underline-offset-2"
        >
          {t("all")}
        </Link>
      </footer>
    </>
  );
}

type EntryProps = { entry: BellEntry; onRead: () => Promise<void>; onLeave: () => void };

function Entry({ entry, onRead, onLeave }: EntryProps) {
  const t = useTranslations("bell");
  const format = useFormatter();
  const now = useNow();
  const { id, title, body, subject, readAt, createdAt } = entry;
  const isUnread = readAt === null;
  const url = subjectLink(subject);
  const readIt = () => {
    if (isUnread) void onRead();
  };
  return (
    <li className="flex items-start gap-2 px-3 py-2.5">
      <span
        className={cn("mt-1.5 size-2 shrink-0 rounded-full", isUnread && "bg-accent")}
        aria-hidden
      />
      <div className="min-w-0 flex-1 text-sm">
        <Link
          href={`/notifications#${id}`}
          onClick={() => {
            readIt();
            onLeave();
          }}
          className={cn("block break-words hover:underline", isUnread && "font-medium")}
        >
          {isUnread ? <span className="sr-only">{t("unread")} </span> : null}
          {title}
        </Link>
        {body ? <p className="line-clamp-2 break-words text-muted text-xs">{body}</p> : null}
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-muted text-xs">
          <time dateTime={createdAt}>{format.relativeTime(new Date(createdAt), now)}</time>
          {url && subject ? (
            <a
              href={url}
              target="_blank"
              rel="noreferrer"
              onClick={readIt}
              className="flex min-w-0 items-center gap-0.5 text-accent-fg underline underline-offset-2"
            >
              <span className="truncate">{t("open", { title: subject.title })}</span>
              <ArrowUpRight className="size-3" aria-hidden />
            </a>
          ) : null}
        </p>
      </div>
      {isUnread ? (
        <IconButton label={t("read", { title })} onClick={() => void onRead()}>
          <Check />
        </IconButton>
      ) : null}
    </li>
  );
}
