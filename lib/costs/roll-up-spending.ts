import { listBudgetedWorkspaces } from "../../db/queries/system/costs";
import { foldSpending } from "../../db/writes/spending";
import { FIRST_ASK_HOURS } from "../domain/price-days";
import type { Deps } from "../ports/deps";
import { checkBudget } from "./check-budget";

type Needs = Pick<Deps, "sql" | "clock" | "chance" | "log" | "realtime" | "jobs">;

export type RollUpReport = {
  /** Additions that became part of the months' totals. */
  folded: number;
  /** Workspaces whose budget was compared. */
  budgets: number;
};

/**
 * The minute's roll-up: what the batches of sends have added becomes part of the months' totals, which
 * stay a few rows, and every budget is compared with its month, which may be a new one.
 *
 * @throws when the database does not answer
 */
export async function rollUpSpending(deps: Needs): Promise<RollUpReport> {
  const folded = await foldSpending(deps.sql, FIRST_ASK_HOURS);
  const workspaces = await listBudgetedWorkspaces(deps.sql);
  for (const workspaceId of workspaces) await checkBudget(deps, { workspaceId });
  return { folded, budgets: workspaces.length };
}
