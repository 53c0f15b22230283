import { insertAudit } from "../../db/writes/audit";
import { saveBudgetRow } from "../../db/writes/budgets";
import { type BudgetInput, type CostFault, readBudget } from "../domain/price-input";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { checkBudget, releaseHeld } from "./check-budget";

type Needs = Pick<Deps, "db" | "sql" | "clock" | "chance" | "log" | "realtime" | "jobs">;

export type SaveBudgetOutcome =
  | { kind: "saved" }
  /** Nothing changed; each fault names its field and how to mend it. */
  | { kind: "invalid"; faults: CostFault[] };

/**
 * Sets what a workspace means to spend in a month; without any cap there is no budget. Holds at once:
 * what waited for a smaller cap leaves, what a smaller one stops waits.
 */
export async function saveBudget(
  deps: Needs,
  by: Administrator,
  input: BudgetInput,
): Promise<SaveBudgetOutcome> {
  const read = readBudget(input);
  if (!read.ok) return { kind: "invalid", faults: read.faults };
  const budget = read.value;
  const { workspaceId, actor } = by;
  const at = deps.clock.now();
  const wasUsedUp = await deps.db.transaction(async (tx) => {
    const isReleased = await saveBudgetRow(tx, { workspaceId, budget, at });
    await insertAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "budget.saved",
      target: { type: "workspace", id: workspaceId },
      data: { ...budget },
    });
    return isReleased;
  });
  if (budget) await checkBudget(deps, by);
  else await releaseHeld(deps, { workspaceId, wasUsedUp });
  return { kind: "saved" };
}
