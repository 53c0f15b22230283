import { useFormatter, useTranslations } from "next-intl";
import type { NamedReminder } from "@/db/queries/reminders";
import { localTimeOf } from "@/lib/domain/deciding/local-time";
import { formatAddress } from "@/lib/domain/format-address";
import { SubjectLink } from "../notifications/subject-link";
import { Badge } from "../ui/badge";
import { MoveReminder } from "./move-reminder";
import { TakeAway } from "./take-away";

const TONES = {
  scheduled: "accent",
  sent: "success",
  skipped: "neutral",
  expired: "warning",
  canceled: "neutral",
} as const;

type Props = {
  reminder: NamedReminder;
  zone: string;
  /** Of the workspace: its numbers are shown as they are dialed there. */
  home: string;
};

/** One reminder: whom of what, when, and what became of it. */
export function ReminderRow({ reminder, zone, home }: Props) {
  const t = useTranslations("reminders");
  const format = useFormatter();
  const { id, key, name, toAddress, subject, status, reason, scheduledFor, expiresAt } = reminder;
  const written = (at: Date) =>
    format.dateTime(at, { timeZone: zone, dateStyle: "medium", timeStyle: "short" });
  const clock = (at: Date) => {
    const { date, time } = localTimeOf(at, zone);
    return `${date}T${time}`;
  };
  return (
    <article className="flex flex-wrap items-center gap-x-3 gap-y-1 p-3 sm:p-4">
      <div className="min-w-0 flex-1 basis-60">
        <h2 className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-sm">
          <span className="min-w-0 break-words">
            {name ?? (toAddress ? formatAddress(toAddress.value, home) : t("noName"))}
          </span>
          <Badge tone="outline">{t.has(`keys.${key}`) ? t(`keys.${key}`) : key}</Badge>
        </h2>
        <p className="text-muted text-sm">
          <SubjectLink subject={subject} />
        </p>
      </div>
      <div className="flex flex-col gap-0.5 text-sm sm:items-end">
        <time dateTime={scheduledFor.toISOString()} className="tabular-nums">
          {written(scheduledFor)}
        </time>
        {status === "scheduled" ? (
          <span className="text-muted text-xs">{t("until", { at: written(expiresAt) })}</span>
        ) : (
          <span className="flex flex-wrap items-center gap-1.5">
            <Badge tone={TONES[status]}>{t(`statuses.${status}`)}</Badge>
            {reason ? <span className="text-muted text-xs">{t(`reasons.${reason}`)}</span> : null}
          </span>
        )}
      </div>
      {status === "scheduled" ? (
        <div className="flex gap-1">
          <MoveReminder id={id} at={clock(scheduledFor)} until={clock(expiresAt)} zone={zone} />
          <TakeAway id={id} />
        </div>
      ) : null}
    </article>
  );
}
