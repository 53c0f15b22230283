import type { DashboardPlace } from "@/components/dashboard/dashboard-place";
import type { JobView } from "@/components/dashboard/job-list";
import { listIntegrations } from "@/db/queries/integrations";
import { listSentLately } from "@/db/queries/sending-stats";
import type { Viewer } from "@/lib/auth/viewer";
import { formatAddress } from "@/lib/domain/format-address";
import { type JobOverview, listJobs } from "@/lib/operations/list-jobs";
import { readFigures } from "@/lib/operations/read-figures";
import { getDeps } from "@/lib/runtime";

const LAST = 50;

/** All that the dashboard shows, read side by side. */
export async function readDashboard(viewer: Viewer, { period, channel, number }: DashboardPlace) {
  const deps = getDeps();
  const { workspaceId } = viewer;
  const of = { workspaceId, channel, integrationId: number };
  const now = deps.clock.now();
  const since = new Date(now.getTime() - process.uptime() * 1000);
  const [figures, rows, jobs] = await Promise.all([
    readFigures(deps, { ...of, period }),
    listIntegrations(deps.db, viewer),
    listJobs(deps, { since }),
  ]);
  const within = { since: figures.period.since, until: figures.period.until };
  const sent = await listSentLately(deps.db, { ...of, ...within, limit: LAST });
  const home = viewer.workspace.defaultCountry;
  const last = sent.map((one) => ({ ...one, recipient: formatAddress(one.recipient, home) }));
  const senders = rows.map(({ id, name, type }) => ({ id, name, type }));
  return { figures, senders, last, jobs: jobs.map(toView) };
}

function toView({ name, isRunning, isLate, lastRun, nextRunAt }: JobOverview): JobView {
  return {
    name,
    isRunning,
    isLate,
    lastRun,
    nextRunAt: nextRunAt.toISOString(),
  };
}
