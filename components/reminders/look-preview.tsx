import { useFormatter, useTranslations } from "next-intl";
import { formatAddress } from "@/lib/domain/format-address";
import type { ReminderPreview } from "@/lib/reminders/preview-reminders";
import { Badge } from "../ui/badge";
import { Disclosure } from "../ui/disclosure";

type Props = { preview: ReminderPreview; zone: string; home: string };

/** The dry run: what the next look would do, and the hours to come. */
export function LookPreview({ preview: { due, next }, zone, home }: Props) {
  const t = useTranslations("reminders");
  const format = useFormatter();
  const written = (at: Date) =>
    format.dateTime(at, { timeZone: zone, dateStyle: "medium", timeStyle: "short" });
  const toSend = due.filter(({ settlement }) => settlement.fate === "send").length;
  return (
    <section
      aria-label={t("look.title")}
      className="flex flex-col gap-1 rounded-xl border border-line bg-surface p-4"
    >
      <p className="text-sm">
        {t("look.now", { count: toSend })}
        {due.length > toSend ? ` ${t("look.left", { count: due.length - toSend })}` : null}
        {next[0] ? ` ${t("look.next", { at: written(next[0].at), count: next[0].count })}` : null}
      </p>
      {due.length > 0 || next.length > 1 ? (
        <Disclosure summary={t("look.details")}>
          <ul className="mt-1 flex flex-col gap-1 border-line border-l-2 pl-3 text-sm">
            {due.map(({ reminder, settlement }) => (
              <li key={reminder.id} className="flex flex-wrap items-center gap-x-2">
                <Badge tone={settlement.fate === "send" ? "success" : "neutral"}>
                  {settlement.fate === "send" ? t("look.sends") : t(`reasons.${settlement.reason}`)}
                </Badge>
                <span className="min-w-0 break-words">
                  {reminder.name ?? formatAddress(reminder.toAddress?.value ?? t("noName"), home)} ·{" "}
                  {reminder.subject.title} ·{" "}
                  {t.has(`keys.${reminder.key}`) ? t(`keys.${reminder.key}`) : reminder.key}
                </span>
              </li>
            ))}
            {next.map(({ at, count }) => (
              <li key={at.toISOString()} className="text-muted tabular-nums">
                {t("look.at", { at: written(at), count })}
              </li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
    </section>
  );
}
