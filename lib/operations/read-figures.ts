import {
  type CountedMessages,
  countBacklog,
  countSending,
  measureDelays,
} from "../../db/queries/sending-stats";
import { findWorkspace } from "../../db/queries/workspaces";
import type { Backlog, ColumnPart, Delays } from "../domain/history/figures";
import { type Period, type PeriodKey, periodOf } from "../domain/history/period";
import { type Totals, totalsBy, totalsOf } from "../domain/history/totals";
import type { Channel } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

export type Figures = {
  period: Period;
  timeZone: string;
  totals: Totals;
  byChannel: (Totals & { key: string })[];
  byType: (Totals & { key: string })[];
  channelsOverTime: ColumnPart[];
  typesOverTime: ColumnPart[];
  delay: Delays;
  backlog: Backlog;
};

type Asked = {
  workspaceId: WorkspaceId;
  period: PeriodKey;
  channel: Channel | null;
  integrationId: string | null;
};

/** R214, R225, R312: what a workspace sent in a period, how well and how fast, and what waits now. */
export async function readFigures(
  deps: Pick<Deps, "db" | "clock">,
  { workspaceId, period: key, channel, integrationId }: Asked,
): Promise<Figures> {
  const now = deps.clock.now();
  const workspace = await findWorkspace(deps.db, workspaceId);
  if (!workspace) throw new Error("a workspace id is of a workspace");
  const zone = workspace.timeZone;
  const period = periodOf(key, now, zone);
  const query = { workspaceId, since: period.since, until: now, channel, integrationId };
  const [rows, delay, backlog] = await Promise.all([
    countSending(deps.db, { ...query, step: period.step, zone }),
    measureDelays(deps.db, query),
    countBacklog(deps.db, { workspaceId, channel, integrationId, now }),
  ]);
  return {
    period,
    timeZone: zone,
    totals: totalsOf(rows),
    byChannel: totalsBy(rows, (row) => row.channel),
    byType: totalsBy(rows, (row) => row.type),
    channelsOverTime: overTime(rows, (row) => row.channel),
    typesOverTime: overTime(rows, (row) => row.type),
    delay,
    backlog,
  };
}

/** Columns in which nothing was sent are left out: a chart knows them from its period. */
function overTime(
  rows: readonly CountedMessages[],
  keyOf: (row: CountedMessages) => string,
): ColumnPart[] {
  const columns = totalsBy(rows, (row) => `${row.column} ${keyOf(row)}`);
  return columns
    .map(({ key, sent, failed }) => {
      const [at = "", name = ""] = key.split(" ");
      return { at, key: name, sent, failed };
    })
    .filter(({ sent, failed }) => sent + failed > 0)
    .sort((a, b) => (a.at === b.at ? (a.key < b.key ? -1 : 1) : a.at < b.at ? -1 : 1));
}
