import { useFormatter, useTranslations } from "next-intl";
import type { NotificationChannel } from "@/lib/domain/deciding/words";
import type { Totals } from "@/lib/domain/history/totals";
import { Section } from "../settings/section";

type Props = {
  totals: Totals;
  byChannel: readonly (Totals & { key: NotificationChannel })[];
};

const FIGURES = ["sent", "delivered", "failed", "shown", "kept", "notSent"] as const;

/** R212: what became of somebody's own notifications in the last 30 days. */
export function PersonalStats({ totals, byChannel }: Props) {
  const t = useTranslations("history.stats");
  const channels = useTranslations("preferences.channels");
  const format = useFormatter();
  const rate = (value: number | null) =>
    value === null
      ? t("noRate")
      : format.number(value, { style: "percent", maximumFractionDigits: 1 });
  return (
    <Section title={t("title")} lead={t("lead")}>
      {totals.total === 0 ? (
        <p className="text-muted text-sm">{t("nothing")}</p>
      ) : (
        <>
          <dl className="flex flex-wrap gap-x-8 gap-y-3">
            {FIGURES.map((figure) => (
              <div key={figure}>
                <dt className="text-muted text-xs">{t(figure)}</dt>
                <dd className="font-semibold text-lg tabular-nums">
                  {format.number(totals[figure])}
                </dd>
              </div>
            ))}
            <div>
              <dt className="text-muted text-xs">{t("successRate")}</dt>
              <dd className="font-semibold text-lg tabular-nums">{rate(totals.successRate)}</dd>
            </div>
          </dl>
          <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm">
            {byChannel.map(({ key, total }) => (
              <li key={key}>{t("ofChannel", { channel: channels(key), count: total })}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
