import { z } from "zod";
import { PRICED_CHANNELS } from "@/lib/domain/words";
import { defineOperation } from "@/lib/http/operation";
import { amount, currency } from "../prices/schema";

const caps = {
  currency: currency.meta({ description: "Only what is spent in it counts" }),
  softCap: amount.nullable().meta({ description: "Administrators are told; nothing stops" }),
  hardCap: amount.nullable().meta({
    description:
      "Messages of the API and automatic ones wait; replies, critical alerts and codes leave",
  }),
};

const spending = z
  .object({
    channel: z.enum(PRICED_CHANNELS),
    country: z.string().nullable(),
    currency: z.string().nullable().meta({ description: "null: without a price" }),
    messages: z.number().int(),
    unpriced: z.number().int(),
    billed: z.string().meta({ description: "By the provider's list" }),
    estimated: z.string().meta({ description: "≈ of those whose bill is not known yet" }),
  })
  .meta({ id: "Spending" });

const budget = z
  .object({
    month: z.string().meta({ example: "2026-11", description: "In the workspace's time zone" }),
    budget: z
      .object({
        ...caps,
        spent: z.string().meta({ description: "What counts towards the caps, so far" }),
        isUsedUp: z.boolean(),
      })
      .nullable()
      .meta({ description: "null: none is set" }),
    spending: z.array(spending),
  })
  .meta({ id: "Budget" });

const tag = "Costs";

export const getBudget = defineOperation({
  tag,
  method: "GET",
  path: "/budget",
  summary: "What was spent this month, and what may be",
  role: "admin",
  scope: "costs:read",
  response: { status: 200, description: "This month", schema: budget },
});

export const saveBudget = defineOperation({
  tag,
  method: "PUT",
  path: "/budget",
  summary: "Set the caps of the month; without any there is no budget",
  role: "admin",
  scope: "costs:write",
  body: z
    .strictObject(caps)
    .meta({ id: "BudgetInput", example: { currency: "EUR", softCap: "80", hardCap: "100" } }),
  response: { status: 200, description: "As it is now", schema: budget },
  refusals: ["currency", "cap_order"].map((code) => ({ status: 422, code })),
});
