"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { MailSummary } from "@/app/(workspace)/simulator/view";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { MailFate } from "./mail-fate";

type Props = {
  /** Newest first. */
  mails: MailSummary[];
  chosen: string | null;
  onChoose: (id: string) => void;
  className?: string;
};

/** What has arrived: to whom, about what, when, and what became of it. */
export function MailList({ mails, chosen, onChoose, className }: Props) {
  const t = useTranslations("simulator.mail");
  const format = useFormatter();
  return (
    <nav
      aria-label={t("list")}
      className={cn(
        "flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-2 pb-2",
        mails.length === 0 && "justify-center",
        className,
      )}
    >
      {mails.length === 0 ? (
        <EmptyState title={t("none")} className="py-6">
          {t("noneWhat")}
        </EmptyState>
      ) : null}
      {mails.map(({ id, at, to, subject, lastEvent }) => (
        <button
          type="button"
          key={id}
          aria-current={id === chosen ? "true" : undefined}
          onClick={() => onChoose(id)}
          className={cn(
            "flex shrink-0 flex-col gap-0.5 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-hover",
            id === chosen && "bg-active hover:bg-active",
          )}
        >
          <span className="flex w-full items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate font-medium text-sm">{to.join(", ")}</span>
            <time
              dateTime={new Date(at).toISOString()}
              className="shrink-0 text-2xs text-muted tabular-nums"
            >
              {format.dateTime(new Date(at), "moment")}
            </time>
          </span>
          <span className="flex w-full items-center gap-2">
            <span className="min-w-0 flex-1 truncate text-muted text-xs">
              {subject || t("noSubject")}
            </span>
            <MailFate event={lastEvent} />
          </span>
        </button>
      ))}
    </nav>
  );
}
