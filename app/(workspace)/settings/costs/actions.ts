"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { replacePrices } from "@/lib/costs/replace-prices";
import { saveBudget } from "@/lib/costs/save-budget";
import type { CostFault } from "@/lib/domain/price-input";
import { PRICED_CHANNELS } from "@/lib/domain/words";
import { getDeps } from "@/lib/runtime";

const amount = z.string().trim().max(20, "amount");

const pricesInput = z.object({
  prices: z
    .array(
      z.object({
        channel: z.enum(PRICED_CHANNELS),
        country: z.string().max(2, "country").nullable(),
        amount,
        currency: z.string().max(3, "currency"),
      }),
    )
    .max(1000),
});

const budgetInput = z.object({
  currency: z.string().max(3, "currency"),
  softCap: amount.nullable(),
  hardCap: amount.nullable(),
});

export const savePrices = viewerAction(
  { role: "admin", input: pricesInput },
  async (viewer, { prices }) => {
    const outcome = await replacePrices(getDeps(), viewer, prices);
    return outcome.kind === "replaced" ? { ok: true, data: null } : invalid(outcome.faults);
  },
);

export const saveCaps = viewerAction(
  { role: "admin", input: budgetInput },
  async (viewer, input) => {
    const outcome = await saveBudget(getDeps(), viewer, input);
    return outcome.kind === "saved" ? { ok: true, data: null } : invalid(outcome.faults);
  },
);

function invalid(faults: readonly CostFault[]) {
  const errors = faults.map(({ path, code }) => ({ path, message: code }));
  return { ok: false as const, code: "invalid", errors };
}
