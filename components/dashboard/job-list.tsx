"use client";

import { FlaskConical, Play } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { runJobByHand } from "@/app/(workspace)/dashboard/actions";
import { Section } from "../settings/section";
import { useSaver } from "../settings/use-saver";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";

type Result = Record<string, unknown>;

export type JobView = {
  name: string;
  isRunning: boolean;
  isLate: boolean;
  lastRun: {
    status: "running" | "succeeded" | "failed";
    startedAt: string;
    result: Result | null;
    error: string | null;
  } | null;
  nextRunAt: string;
};

type Props = { jobs: readonly JobView[]; zone: string };

/** R217, R218: what runs by the clock, each to be run or tried now. */
export function JobList({ jobs, zone }: Props) {
  const t = useTranslations("dashboard.jobs");
  const columns = ["job", "state", "last", "result", "next", "deeds"] as const;
  return (
    <Section title={t("title")} lead={t("lead")}>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
        tabIndex={0}
        aria-label={t("table")}
        className="relative overflow-x-auto"
      >
        <table className="w-full text-sm">
          <thead>
            <tr className="border-line border-b text-left text-muted text-xs">
              {columns.map((column) => (
                <th key={column} scope="col" className="py-1.5 pr-3 font-medium">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {jobs.map((job) => (
              <JobRow key={job.name} job={job} zone={zone} />
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  );
}

type Ran = { isDryRun: boolean; words: string };

function JobRow({ job, zone }: { job: JobView; zone: string }) {
  const t = useTranslations("dashboard.jobs");
  const name = useJobName()(job.name);
  const words = useResultWords();
  const clock = useShortClock(zone);
  const [ran, setRan] = useState<Ran | null>(null);
  const [busy, setBusy] = useState<"run" | "dryRun" | null>(null);
  const saver = useSaver(runJobByHand, {
    done: null,
    onDone: ({ isDryRun, result, error }) => setRan({ isDryRun, words: error ?? words(result) }),
  });
  const run = async (isDryRun: boolean) => {
    setRan(null);
    setBusy(isDryRun ? "dryRun" : "run");
    await saver.save({ job: job.name, isDryRun });
    setBusy(null);
  };
  const { lastRun, nextRunAt } = job;
  return (
    <tr>
      <th scope="row" className="py-1.5 pr-3 text-left font-normal">
        {name} <code className="text-muted text-xs">{job.name}</code>
        <p role="status" className="text-accent-fg text-xs">
          {ran ? `${t(ran.isDryRun ? "would" : "did", { job: name })} ${ran.words}` : null}
        </p>
      </th>
      <td className="py-1.5 pr-3">
        <JobState job={job} />
      </td>
      <td className="whitespace-nowrap py-1.5 pr-3 text-muted">
        {lastRun ? (
          <time dateTime={lastRun.startedAt}>{clock(lastRun.startedAt)}</time>
        ) : (
          t("never")
        )}
      </td>
      <td className="max-w-72 break-words py-1.5 pr-3 text-xs">
        {lastRun ? (lastRun.error ?? words(lastRun.result)) : "–"}
      </td>
      <td className="whitespace-nowrap py-1.5 pr-3 text-muted">
        <time dateTime={nextRunAt}>{clock(nextRunAt)}</time>
      </td>
      <td className="py-1.5">
        <span className="flex gap-1">
          <Button
            size="xs"
            aria-label={t("runOf", { job: name })}
            loading={busy === "run"}
            disabled={busy !== null}
            onClick={() => void run(false)}
          >
            <Play aria-hidden />
            {t("run")}
          </Button>
          <Button
            size="xs"
            variant="ghost"
            aria-label={t("dryRunOf", { job: name })}
            loading={busy === "dryRun"}
            disabled={busy !== null}
            onClick={() => void run(true)}
          >
            <FlaskConical aria-hidden />
            {t("dryRun")}
          </Button>
        </span>
      </td>
    </tr>
  );
}

function JobState({ job }: { job: JobView }) {
  const t = useTranslations("dashboard.jobs");
  if (job.isRunning) return <Badge tone="accent">{t("running")}</Badge>;
  if (job.isLate) return <Badge tone="danger">{t("late")}</Badge>;
  if (job.lastRun?.status === "failed") return <Badge tone="warning">{t("failed")}</Badge>;
  return <Badge tone="success">{t("alive")}</Badge>;
}

/** A job without a name is called by its key. */
function useJobName(): (name: string) => string {
  const t = useTranslations("dashboard.jobs.names");
  return (name) => (t.has(name) ? t(name) : name);
}

/** `due 3 · sending 0`: the counts that a run answers. */
function useResultWords(): (result: Result | null) => string {
  const t = useTranslations("dashboard.jobs");
  return (result) => {
    const parts = Object.entries(result ?? {}).map(([name, value]) => `${name} ${String(value)}`);
    return parts.length === 0 ? t("nothing") : parts.join(" · ");
  };
}

function useShortClock(timeZone: string): (at: string) => string {
  const format = useFormatter();
  return (at) =>
    format.dateTime(new Date(at), { timeZone, dateStyle: "short", timeStyle: "short" });
}
