"use client";

import {
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Severity } from "@/lib/domain/deciding/words";
import type { DeliveryState } from "@/lib/domain/history/delivery-state";
import { Badge } from "../ui/badge";
import { cn } from "../ui/cn";
import { type DeliveryLine, useLineWords } from "./delivery-line";
import { HistoryCard } from "./history-card";
import { HISTORY_COLUMNS, type HistoryPlace, hrefOf } from "./history-place";
import { SEVERITY_TONES } from "./notification-card";
import { StateBadge } from "./state-badge";
import { useSeconds } from "./use-seconds";
import { useTypeName } from "./use-type-name";

export type HistoryRow = {
  id: string;
  createdAt: string;
  title: string;
  recipient: string;
  type: string;
  severity: Severity;
  channels: DeliveryLine[];
  status: DeliveryState | null;
  /** Seconds from due until a provider had it; null: none has. */
  delay: number | null;
};

const features = tableFeatures({ columnVisibilityFeature });
const helper = createColumnHelper<typeof features, HistoryRow>();

type Props = { rows: readonly HistoryRow[]; place: HistoryPlace; zone: string };

/** The history, a notification a row; each opens all that was decided and tried. */
export function HistoryTable({ rows, place, zone }: Props) {
  return (
    <>
      <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface lg:hidden">
        {rows.map((row) => (
          <li key={row.id}>
            <HistoryCard row={row} place={place} zone={zone} />
          </li>
        ))}
      </ul>
      <Columns rows={rows} place={place} zone={zone} />
    </>
  );
}

function Columns({ rows, place, zone }: Props) {
  const t = useTranslations("history");
  const columns = useColumns(place, zone);
  const data = useMemo(() => [...rows], [rows]);
  const columnVisibility = Object.fromEntries(
    HISTORY_COLUMNS.map((column) => [column, !place.hidden.includes(column)]),
  );
  const table = useTable({
    features,
    columns,
    data,
    getRowId: (row) => row.id,
    state: { columnVisibility },
  });
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
      tabIndex={0}
      aria-label={t("table")}
      className="relative overflow-x-auto rounded-xl border border-line bg-surface max-lg:hidden"
    >
      <table className="w-full text-sm">
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} className="border-line border-b text-left text-muted text-xs">
              {group.headers.map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  className={cn(
                    "whitespace-nowrap px-3 py-2 font-medium",
                    header.id === "delay" && "text-right",
                  )}
                >
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody className="divide-y divide-line">
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              className={cn("hover:bg-hover", row.id === place.open && "bg-active")}
              aria-current={row.id === place.open ? "true" : undefined}
            >
              {row.getVisibleCells().map((cell) => (
                <td
                  key={cell.id}
                  className={cn("px-3 py-2 align-top", cell.column.id === "delay" && "text-right")}
                >
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function useColumns(place: HistoryPlace, zone: string) {
  const t = useTranslations("history.columns");
  return useMemo(
    () =>
      helper.columns([
        helper.accessor("title", {
          id: "title",
          header: () => t("title"),
          cell: ({ row }) => <Title row={row.original} place={place} />,
        }),
        helper.accessor("createdAt", {
          id: "time",
          header: () => t("time"),
          cell: ({ row }) => <At at={row.original.createdAt} zone={zone} />,
        }),
        helper.accessor("recipient", {
          id: "recipient",
          header: () => t("recipient"),
          cell: ({ row }) => (
            <span className="block max-w-44 truncate tabular-nums" title={row.original.recipient}>
              {row.original.recipient}
            </span>
          ),
        }),
        helper.accessor("type", {
          id: "type",
          header: () => t("type"),
          cell: ({ row }) => <TypeName type={row.original.type} />,
        }),
        helper.accessor("severity", {
          id: "severity",
          header: () => t("severity"),
          cell: ({ row }) => <SeverityBadge severity={row.original.severity} />,
        }),
        helper.display({
          id: "channels",
          header: () => t("channels"),
          cell: ({ row }) => <Channels channels={row.original.channels} />,
        }),
        helper.accessor("status", {
          id: "status",
          header: () => t("status"),
          cell: ({ row }) => {
            const { status } = row.original;
            return status === null ? "–" : <StateBadge state={status} />;
          },
        }),
        helper.accessor("delay", {
          id: "delay",
          header: () => t("delay"),
          cell: ({ row }) => <Delay seconds={row.original.delay} />,
        }),
      ]),
    [t, place, zone],
  );
}

function Title({ row, place }: { row: HistoryRow; place: HistoryPlace }) {
  return (
    <Link
      href={hrefOf({ ...place, open: row.id })}
      scroll={false}
      className="line-clamp-2 min-w-40 max-w-72 break-words font-medium text-fg underline-offset-2 hover:underline"
    >
      {row.title}
    </Link>
  );
}

function At({ at, zone }: { at: string; zone: string }) {
  const format = useFormatter();
  return (
    <time dateTime={at} className="whitespace-nowrap text-muted tabular-nums">
      {format.dateTime(new Date(at), { timeZone: zone, dateStyle: "short", timeStyle: "short" })}
    </time>
  );
}

function TypeName({ type }: { type: string }) {
  return <span className="block min-w-24">{useTypeName()(type)}</span>;
}

function SeverityBadge({ severity }: { severity: Severity }) {
  const t = useTranslations("notifications.severities");
  return <Badge tone={SEVERITY_TONES[severity]}>{t(severity)}</Badge>;
}

function Channels({ channels }: Pick<HistoryRow, "channels">) {
  const t = useTranslations("preferences.channels.short");
  const words = useLineWords();
  return (
    <span className="flex gap-1">
      {channels.map((line) => (
        <StateBadge
          key={line.channel}
          state={line.state}
          label={t(line.channel)}
          title={words(line) ?? undefined}
        />
      ))}
    </span>
  );
}

function Delay({ seconds }: { seconds: number | null }) {
  return <span className="whitespace-nowrap text-muted tabular-nums">{useSeconds()(seconds)}</span>;
}
