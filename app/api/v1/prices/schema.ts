import { z } from "zod";
import { PRICED_CHANNELS } from "@/lib/domain/words";
import { defineOperation } from "@/lib/http/operation";

export const amount = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,6})?$/, 'Must be a decimal in quotes like "0.05", at most six decimals')
  .meta({ example: "0.05" });
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, "Must be an ISO 4217 code, like EUR")
  .meta({ example: "EUR" });

const price = z
  .strictObject({
    channel: z.enum(PRICED_CHANNELS).meta({
      description: "`sms` is paid by the segment, `mms` and `whatsapp` by the message",
    }),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "Must be an ISO 3166-1 code, like FR, or null for all others")
      .nullable()
      .meta({ description: "The recipient's; null: every country without a row of its own" }),
    amount,
    currency,
  })
  .meta({ id: "Price" });

const tag = "Costs";
const table = z.object({ data: z.array(price) });

export const listPrices = defineOperation({
  tag,
  method: "GET",
  path: "/prices",
  summary: "The price table, by which estimates are made",
  role: "admin",
  scope: "costs:read",
  response: { status: 200, description: "Every row", schema: table },
});

export const replacePrices = defineOperation({
  tag,
  method: "PUT",
  path: "/prices",
  summary: "The whole price table anew",
  description: "What was sent before keeps the estimate it was counted with.",
  role: "admin",
  scope: "costs:write",
  body: z
    .array(price)
    .max(1000, "At most 1000 prices")
    .meta({
      id: "PriceTable",
      example: [{ channel: "sms", country: "FR", amount: "0.05", currency: "EUR" }],
    }),
  response: { status: 200, description: "As it is now", schema: table },
  refusals: ["price_twice", "country", "currency"].map((code) => ({ status: 422, code })),
});
