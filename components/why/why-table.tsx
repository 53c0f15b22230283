import { useTranslations } from "next-intl";
import type { Fate, NotificationChannel, Severity } from "@/lib/domain/deciding/words";
import { Badge } from "../ui/badge";

const TONES = {
  queued: "success",
  web: "success",
  held: "accent",
  bundled: "accent",
  refused: "neutral",
  expired: "neutral",
} as const satisfies Record<Fate, string>;

type Row = {
  severity: Severity;
  cells: readonly { channel: NotificationChannel; fate: Fate; sentence: string }[];
};

/** For each severity what would come by which channel, with the rule that decides. */
export function WhyTable({ rows }: { rows: readonly Row[] }) {
  const t = useTranslations("why");
  const severities = useTranslations("notifications.severities");
  const channels = useTranslations("preferences.channels");
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {rows.map(({ severity, cells }) => (
        <section
          key={severity}
          aria-label={severities(severity)}
          className="flex flex-col gap-2 rounded-xl border border-line bg-surface p-4"
        >
          <h2 className="font-medium text-sm">{t("severity", { name: severities(severity) })}</h2>
          <dl className="flex flex-col gap-2 text-sm">
            {cells.map(({ channel, fate, sentence }) => (
              <div key={channel} className="flex flex-wrap items-start gap-x-2 gap-y-0.5">
                <dt className="w-24">{channels(channel)}</dt>
                <dd className="flex min-w-0 flex-1 basis-40 flex-col items-start gap-0.5">
                  <Badge tone={TONES[fate]}>{t(`fates.${fate}`)}</Badge>
                  <span className="text-muted text-xs">{sentence}</span>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
