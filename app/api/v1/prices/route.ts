import { listPrices } from "@/db/queries/costs";
import { replacePrices } from "@/lib/costs/replace-prices";
import { type ApiContext, apiRoute, invalid } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import * as operations from "./schema";

const list = apiRoute(operations.listPrices, async (context) => answer(context));

const replace = apiRoute(operations.replacePrices, async ({ body, ...context }) => {
  const outcome = await replacePrices(context.deps, context.caller, body);
  if (outcome.kind === "invalid") {
    const { faults } = outcome;
    const errors = faults.map(({ path, message }) => ({ path, message }));
    return { problem: invalid(errors, faults[0]?.code) };
  }
  return answer(context);
});

async function answer({ deps, caller }: Pick<ApiContext, "deps" | "caller">) {
  const prices = await listPrices(deps.db, caller.workspaceId);
  const data = prices.map((price) => ({ ...price, amount: String(price.amount) }));
  return { status: 200 as const, body: { data } };
}

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, PUT: replace });
