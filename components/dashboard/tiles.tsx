import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Backlog, Delays } from "@/lib/domain/history/figures";
import type { Totals } from "@/lib/domain/history/totals";
import { useSeconds } from "../notifications/use-seconds";

type Props = { totals: Totals; delay: Delays; backlog: Backlog };

/** The figures at a glance. What was not measured is said so, and is never a 0. */
export function Tiles({ totals, delay, backlog }: Props) {
  const t = useTranslations("dashboard.tiles");
  const format = useFormatter();
  const seconds = useSeconds();
  const { successRate } = totals;
  const { waiting, sending, scheduled, paused, held, bundled } = backlog;
  return (
    <section aria-label={t("label")}>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
        <Tile name={t("sent")} note={t("sentNote", { count: totals.total })}>
          {format.number(totals.sent)}
        </Tile>
        <Tile name={t("success")} note={t("successNote")}>
          {successRate === null
            ? t("noData")
            : format.number(successRate, { style: "percent", maximumFractionDigits: 1 })}
        </Tile>
        <Tile name={t("failed")}>{format.number(totals.failed)}</Tile>
        <Tile
          name={t("delay")}
          note={delay.p95 === null ? undefined : t("delayNote", { p95: seconds(delay.p95) })}
        >
          {delay.median === null ? t("noData") : seconds(delay.median)}
        </Tile>
        <Tile name={t("queue")} note={t("queueNote", { sending, scheduled, paused })}>
          {format.number(waiting)}
        </Tile>
        <Tile name={t("held")} note={t("heldNote", { bundled })}>
          {format.number(held + bundled)}
        </Tile>
      </dl>
    </section>
  );
}

type TileProps = { name: string; note?: string | undefined; children: ReactNode };

function Tile({ name, note, children }: TileProps) {
  return (
    <div className="flex flex-col gap-0.5 rounded-xl border border-line bg-surface p-3">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="font-semibold text-xl tabular-nums">{children}</dd>
      {note ? <dd className="text-muted text-xs">{note}</dd> : null}
    </div>
  );
}
