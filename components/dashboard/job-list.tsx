"use client";

import { FlaskConical, Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { runJobByHand } from "@/app/(workspace)/dashboard/actions";
import { Section } from "../settings/section";
import { useSaver } from "../settings/use-saver";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { type SeenRun, useJobRun } from "./use-job-run";

export type JobView = {
  name: string;
  isRunning: boolean;
  isLate: boolean;
  lastRun: (SeenRun & { startedAt: string }) | null;
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

type Started = { runId: string; isDryRun: boolean };

function JobRow({ job, zone }: { job: JobView; zone: string }) {
  const t = useTranslations("dashboard.jobs");
  const name = useJobName()(job.name);
  const words = useRunWords();
  const clock = useShortClock(zone);
  const router = useRouter();
  const [started, setStarted] = useState<Started | null>(null);
  const [asked, setAsked] = useState<"run" | "dryRun" | null>(null);
  const saver = useSaver(runJobByHand, { done: null, onDone: setStarted });
  const run = useJobRun(job.name, started?.runId ?? null);
  const status = run?.status;
  useEffect(() => {
    if (status === "succeeded" || status === "failed") router.refresh();
  }, [status, router]);
  const ask = (isDryRun: boolean) => {
    setStarted(null);
    setAsked(isDryRun ? "dryRun" : "run");
    void saver.save({ job: job.name, isDryRun });
  };
  const isUnderWay = saver.isBusy || (started !== null && (!run || run.status === "running"));
  const busy = isUnderWay ? asked : null;
  const { lastRun, nextRunAt } = job;
  return (
    <tr>
      <th scope="row" className="py-1.5 pr-3 text-left font-normal">
        {name} <code className="text-muted text-xs">{job.name}</code>
        <p role="status" className="text-accent-fg text-xs">
          {started && isUnderWay ? t("underWay", { job: name }) : null}
          {started && run && !isUnderWay
            ? `${t(started.isDryRun && run.result ? "would" : "did", { job: name })} ${words(run)}`
            : null}
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
        {lastRun && lastRun.status !== "running" ? words(lastRun) : "–"}
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
            onClick={() => ask(false)}
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
            onClick={() => ask(true)}
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

/** `due 3 · sending 0`: the counts that a run answers; where they are not told, how it ended and when. */
function useRunWords(): (run: SeenRun) => string {
  const t = useTranslations("dashboard.jobs");
  const format = useFormatter();
  return ({ status, result, error, errorClass, milliseconds }) => {
    const seconds = format.number((milliseconds ?? 0) / 1000, { maximumFractionDigits: 1 });
    if (status === "failed") return error ?? t("failedBy", { error: errorClass ?? "–" });
    if (!result) return t("doneIn", { seconds });
    const parts = Object.entries(result).map(([name, value]) => `${name} ${String(value)}`);
    return parts.length === 0 ? t("nothing") : parts.join(" · ");
  };
}

function useShortClock(timeZone: string): (at: string) => string {
  const format = useFormatter();
  return (at) =>
    format.dateTime(new Date(at), { timeZone, dateStyle: "short", timeStyle: "short" });
}
