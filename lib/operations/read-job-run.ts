import { findRun } from "../../db/queries/system/jobs";
import { isOnlyWorkspace } from "../../db/queries/system/workspaces";
import type { Deps } from "../ports/deps";
import { type ToldRun, toldRun } from "./told-run";

/** R217: how a run that somebody has started goes, or what it came to; null: there is none such. */
export async function readJobRun(
  { db }: Pick<Deps, "db">,
  asked: { job: string; runId: string },
): Promise<(ToldRun & { runId: string; isDryRun: boolean }) | null> {
  const run = await findRun(db, asked);
  if (!run) return null;
  const told = toldRun(run, { isOnly: await isOnlyWorkspace(db) });
  return { ...told, runId: asked.runId, isDryRun: run.isDryRun };
}
