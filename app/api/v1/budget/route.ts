import { findBudget, listSpending } from "@/db/queries/costs";
import { findWorkspace } from "@/db/queries/workspaces";
import { saveBudget } from "@/lib/costs/save-budget";
import { countTowards, monthOf } from "@/lib/domain/budget";
import { type ApiContext, apiRoute, invalid, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import * as operations from "./schema";

const get = apiRoute(operations.getBudget, async (context) => answer(context));

const save = apiRoute(operations.saveBudget, async ({ body, ...context }) => {
  const outcome = await saveBudget(context.deps, context.caller, body);
  if (outcome.kind === "invalid") {
    const { faults } = outcome;
    const errors = faults.map(({ path, message }) => ({ path, message }));
    return { problem: invalid(errors, faults[0]?.code) };
  }
  return answer(context);
});

async function answer({ deps, caller }: Pick<ApiContext, "deps" | "caller">) {
  const { workspaceId } = caller;
  const workspace = await findWorkspace(deps.db, workspaceId);
  if (!workspace) return { problem: notFound() };
  const month = monthOf(deps.clock.now(), workspace.timeZone);
  const rows = await listSpending(deps.sql, { workspaceId, month });
  const budget = await findBudget(deps.db, workspaceId);
  const spending = rows.map(({ billedElsewhere: _, ...row }) => {
    return { ...row, billed: String(row.billed), estimated: String(row.estimated) };
  });
  const shown = budget && {
    ...budget,
    softCap: written(budget.softCap),
    hardCap: written(budget.hardCap),
    spent: String(countTowards(rows, budget.currency)),
  };
  return { status: 200 as const, body: { month, budget: shown, spending } };
}

function written(cap: number | null): string | null {
  return cap === null ? null : String(cap);
}

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: get, PUT: save });
