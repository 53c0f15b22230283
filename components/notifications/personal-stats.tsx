import { useFormatter, useTranslations } from "next-intl";
import type { NotificationChannel } from "@/lib/domain/deciding/words";
import type { Totals } from "@/lib/domain/history/totals";
import { Section } from "../settings/section";

type Props = {
  totals: Totals;
  byChannel: readonly { channel: NotificationChannel; total: number }[];
};

const FIGURES = ["sent", "delivered", "failed", "shown", "kept", "notSent"] as const;

/** R212: what became of somebody's own notifications in the last 30 days. */
export function PersonalStats({ totals, byChannel }: Props) {
  const t = useTranslations("history.stats");
  const channels = useTranslations("preferences.channels");
  const format = useFormatter();
  const rate =
    totals.successRate === null
      ? t("noRate")
      : format.number(totals.successRate, { style: "percent", maximumFractionDigits: 1 });
  return (
    <Section title={t("title")} lead={totals.total === 0 ? t("nothing") : t("lead")}>
      {totals.total === 0 ? null : (
        <div className="flex flex-col gap-3 sm:max-xl:grid sm:max-xl:grid-cols-2 sm:max-xl:gap-x-10">
          <dl className="flex flex-col gap-1 text-sm">
            {FIGURES.map((figure) => (
              <Line key={figure} name={t(figure)} value={format.number(totals[figure])} />
            ))}
            <Line name={t("successRate")} value={rate} />
          </dl>
          <dl className="flex flex-col gap-1 text-sm max-sm:border-t max-sm:pt-3 xl:border-t xl:pt-3">
            {byChannel.map(({ channel, total }) => (
              <Line key={channel} name={channels(channel)} value={format.number(total)} />
            ))}
          </dl>
        </div>
      )}
    </Section>
  );
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-muted">{name}</dt>
      <dd className="font-medium tabular-nums">{value}</dd>
    </div>
  );
}
