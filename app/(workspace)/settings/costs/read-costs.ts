import { findBudget, listMonths, listPrices, listSpending } from "@/db/queries/costs";
import { findWorkspace } from "@/db/queries/workspaces";
import type { Viewer } from "@/lib/auth/viewer";
import { monthOf } from "@/lib/domain/budget";
import { getDeps } from "@/lib/runtime";

/** The workspace's money: a month's spending, the budget and the price table, read side by side. */
export async function readCosts(viewer: Viewer, wanted: string | null) {
  const { db, sql, clock } = getDeps();
  const { workspaceId } = viewer;
  const workspace = await findWorkspace(db, workspaceId);
  const timeZone = workspace?.timeZone ?? viewer.workspace.timeZone;
  const thisMonth = monthOf(clock.now(), timeZone);
  const month = wanted ?? thisMonth;
  const [spending, months, budget, prices] = await Promise.all([
    listSpending(sql, { workspaceId, month }),
    listMonths(sql, workspaceId),
    findBudget(db, workspaceId),
    listPrices(db, workspaceId),
  ]);
  const known = new Set([thisMonth, month, ...months]);
  const all = [...known].toSorted().reverse();
  return {
    timeZone,
    month,
    isThisMonth: month === thisMonth,
    months: all,
    spending,
    budget,
    prices,
  };
}
