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
  return (
    <Section title={t("title")} lead={t("lead")}>
      <ul className="divide-y divide-line">
        {jobs.map((job) => (
          <JobRow key={job.name} job={job} zone={zone} />
        ))}
      </ul>
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
    <li className="grid items-center gap-x-4 gap-y-1 py-2.5 text-sm first:pt-0 last:pb-0 sm:grid-cols-[minmax(0,1fr)_auto] lg:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_12rem_auto]">
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          {name} <JobState job={job} />
        </h3>
        <code className="text-muted text-xs">{job.name}</code>
      </div>
      <div className="min-w-0 break-words text-xs max-lg:row-start-2 max-sm:row-auto">
        <p>{lastRun ? (lastRun.status === "running" ? "–" : words(lastRun)) : t("never")}</p>
        <p role="status" className="text-accent-fg">
          {started && isUnderWay ? t("underWay", { job: name }) : null}
          {started && run && !isUnderWay
            ? `${t(started.isDryRun && run.result ? "would" : "did", { job: name })} ${words(run)}`
            : null}
        </p>
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-2 text-muted text-xs tabular-nums max-lg:col-start-1">
        <dt>{t("last")}</dt>
        <dd>
          {lastRun ? <time dateTime={lastRun.startedAt}>{clock(lastRun.startedAt)}</time> : "–"}
        </dd>
        <dt>{t("next")}</dt>
        <dd>
          <time dateTime={nextRunAt}>{clock(nextRunAt)}</time>
        </dd>
      </dl>
      <div className="flex gap-1 sm:max-lg:col-start-2 sm:max-lg:row-span-3 sm:max-lg:row-start-1">
        <Button
          size="sm"
          aria-label={t("runOf", { job: name })}
          loading={busy === "run"}
          disabled={busy !== null}
          onClick={() => ask(false)}
        >
          <Play aria-hidden />
          {t("run")}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          aria-label={t("dryRunOf", { job: name })}
          loading={busy === "dryRun"}
          disabled={busy !== null}
          onClick={() => ask(true)}
        >
          <FlaskConical aria-hidden />
          {t("dryRun")}
        </Button>
      </div>
    </li>
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

/**
 * `3 sent · 1 failed`: what a run answers, without what did not occur; where its counts are not told, how
 * it ended and when.
 */
function useRunWords(): (run: SeenRun) => string {
  const t = useTranslations("dashboard.jobs");
  const results = useTranslations("dashboard.jobs.results");
  const format = useFormatter();
  return ({ status, result, error, errorClass, milliseconds }) => {
    const seconds = format.number((milliseconds ?? 0) / 1000, { maximumFractionDigits: 1 });
    if (status === "failed") return error ?? t("failedBy", { error: errorClass ?? "–" });
    if (!result) return t("doneIn", { seconds });
    const parts = Object.entries(result).flatMap(([name, value]) => {
      const count = Array.isArray(value) ? value.length : value;
      if (count === 0 || count === null) return [];
      const isNamed = typeof count === "number" && results.has(name);
      return [isNamed ? results(name, { count }) : `${name} ${String(count)}`];
    });
    return parts.length === 0 ? t("nothing") : parts.join(" · ");
  };
}

function useShortClock(timeZone: string): (at: string) => string {
  const format = useFormatter();
  return (at) =>
    format.dateTime(new Date(at), { timeZone, dateStyle: "short", timeStyle: "short" });
}
