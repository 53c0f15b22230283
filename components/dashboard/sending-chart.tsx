"use client";

import { useFormatter, useTranslations } from "next-intl";
import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { Section } from "../settings/section";
import { Disclosure } from "../ui/disclosure";
import type { ChartColumn } from "./chart-data";

type Props = {
  title: string;
  columns: readonly ChartColumn[];
  /** What is stacked, the most frequent first, with its name. */
  keys: readonly { key: string; name: string }[];
};

/** No two bars of a chart share a colour; what is beyond these is drawn together, and told in the table. */
const COLOURS = ["blue", "teal", "violet", "amber", "green", "pink", "orange"];
const HEIGHT = 240;

/** What left and what failed, over time; the same figures as a table for who does not see the bars. */
export function SendingChart({ title, columns, keys }: Props) {
  const t = useTranslations("dashboard.charts");
  const name = useColumnName();
  const isEmpty = columns.every(({ sent, failed }) => failed === 0 && sumOf(sent) === 0);
  if (isEmpty) {
    return (
      <Section title={title}>
        <p className="text-muted text-sm">{t("nothing")}</p>
      </Section>
    );
  }
  const data = columns.map((column) => ({ ...column, name: name(column.at) }));
  const [drawn, rest] = [keys.slice(0, COLOURS.length), keys.slice(COLOURS.length)];
  const tick = { fill: "var(--muted)", fontSize: 11 };
  return (
    <Section title={title}>
      <div aria-hidden className="text-xs">
        <ResponsiveContainer
          width="100%"
          height={HEIGHT}
          initialDimension={{ width: 560, height: HEIGHT }}
        >
          {/* Above, half a line for the topmost number. */}
          <BarChart data={data} accessibilityLayer={false} margin={{ top: 8, left: -16, right: 4 }}>
            <CartesianGrid stroke="var(--line)" vertical={false} />
            <XAxis dataKey="name" tick={tick} stroke="var(--line)" minTickGap={16} />
            <YAxis allowDecimals={false} interval={0} tick={tick} stroke="var(--line)" />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: "var(--hover)" }}
              contentStyle={{
                background: "var(--raised)",
                border: "1px solid var(--line)",
                borderRadius: "var(--radius)",
              }}
              labelStyle={{ color: "var(--fg)", fontWeight: 500 }}
              itemStyle={{ padding: 0, color: "var(--fg)" }}
              itemSorter={() => 0}
            />
            {/* In the order of the bars, over the whole width: a colour of a bar is too weak for words. */}
            <Legend
              itemSorter={null}
              wrapperStyle={{ left: 0, width: "100%" }}
              formatter={(label) => <span className="text-muted">{label}</span>}
            />
            {drawn.map(({ key, name: label }, nth) => (
              <Bar
                key={key}
                name={label}
                dataKey={({ sent }: ChartColumn) => sent[key] ?? 0}
                stackId="all"
                fill={`var(--tint-${COLOURS[nth]})`}
                isAnimationActive={false}
              />
            ))}
            {rest.length > 0 ? (
              <Bar
                name={t("others", { count: rest.length })}
                dataKey={({ sent }: ChartColumn) =>
                  rest.reduce((sum, { key }) => sum + (sent[key] ?? 0), 0)
                }
                stackId="all"
                fill="var(--tint-slate)"
                isAnimationActive={false}
              />
            ) : null}
            <Bar
              name={t("failed")}
              dataKey="failed"
              stackId="all"
              fill="var(--danger)"
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
      </div>
      <ChartTable title={title} columns={columns} keys={keys} />
    </Section>
  );
}

/** Columns in which something happened. */
function ChartTable({ title, columns, keys }: Props) {
  const t = useTranslations("dashboard.charts");
  const name = useColumnName();
  const format = useFormatter();
  const told = columns.filter(({ sent, failed }) => failed > 0 || sumOf(sent) > 0);
  return (
    <Disclosure summary={t("asTable")}>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
        tabIndex={0}
        aria-label={title}
        className="mt-2 relative overflow-x-auto"
      >
        <table className="w-full text-xs">
          <thead>
            <tr className="border-line border-b text-left text-muted">
              <th scope="col" className="py-1 pr-3 font-medium">
                {t("when")}
              </th>
              {keys.map(({ key, name: label }) => (
                <th key={key} scope="col" className="py-1 pr-3 text-right font-medium">
                  {label}
                </th>
              ))}
              <th scope="col" className="py-1 text-right font-medium">
                {t("failed")}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {told.map(({ at, sent, failed }) => (
              <tr key={at}>
                <th scope="row" className="whitespace-nowrap py-1 pr-3 text-left font-normal">
                  {name(at)}
                </th>
                {keys.map(({ key }) => (
                  <td key={key} className="py-1 pr-3 text-right tabular-nums">
                    {format.number(sent[key] ?? 0)}
                  </td>
                ))}
                <td className="py-1 text-right tabular-nums">{format.number(failed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Disclosure>
  );
}

/** `27 Nov`, or `14:00`: the column already is on the wall's clock. */
function useColumnName(): (at: string) => string {
  const format = useFormatter();
  return (at) => {
    const [, hour] = at.split("T");
    const moment = new Date(hour === undefined ? `${at}T12:00:00Z` : `${at}:00:00Z`);
    return format.dateTime(
      moment,
      hour === undefined
        ? { timeZone: "UTC", day: "numeric", month: "short" }
        : { timeZone: "UTC", hour: "2-digit", minute: "2-digit" },
    );
  };
}

function sumOf(sent: Record<string, number>): number {
  return Object.values(sent).reduce((sum, count) => sum + count, 0);
}
