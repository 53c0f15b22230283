"use client";

import { useEffect, useState } from "react";
import { z } from "zod";

const EVERY_MS = 500;

const seen = z.object({
  status: z.enum(["running", "succeeded", "failed"]),
  milliseconds: z.number().nullable(),
  result: z.record(z.string(), z.unknown()).nullable(),
  error: z.string().nullable(),
  errorClass: z.string().nullable(),
});
export type SeenRun = z.output<typeof seen>;

/**
 * A run that was started by hand, looked at until it has ended. What does not answer is asked again.
 * @returns null until it is known
 */
export function useJobRun(job: string, runId: string | null): SeenRun | null {
  const [known, setKnown] = useState<{ runId: string; run: SeenRun } | null>(null);
  useEffect(() => {
    if (runId === null) return;
    const left = new AbortController();
    const { signal } = left;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const run = await readRun(`/api/v1/admin/jobs/${job}/runs/${runId}`, signal);
      if (signal.aborted) return;
      if (run) setKnown({ runId, run });
      if (!run || run.status === "running") timer = setTimeout(look, EVERY_MS);
    };
    void look();
    return () => {
      left.abort();
      clearTimeout(timer);
    };
  }, [job, runId]);
  return known?.runId === runId ? known.run : null;
}

async function readRun(path: string, signal: AbortSignal): Promise<SeenRun | null> {
  try {
    const response = await fetch(path, { signal, cache: "no-store" });
    return response.ok ? (seen.safeParse(await response.json()).data ?? null) : null;
  } catch {
    return null;
  }
}
