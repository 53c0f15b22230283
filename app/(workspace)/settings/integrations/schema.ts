import { z } from "zod";
import { CHANNELS, PROVIDERS } from "@/lib/domain/words";

const text = (max: number) => z.string().trim().max(max, "too_long");
const common = {
  name: text(80).min(1, "required"),
  phoneNumber: text(254).min(1, "required"),
  fromName: text(80).nullable(),
  messagingServiceSid: text(40).nullable(),
  defaultCountry: text(2).nullable(),
  pacePerSecond: z.number("pace").nullable(),
  isActive: z.boolean(),
  isVisibleToAll: z.boolean(),
  viewerIds: z.array(z.uuid()).max(2000),
};

export const connectInput = z.object({
  ...common,
  type: z.enum(CHANNELS),
  provider: z.enum(PROVIDERS),
  accountId: text(254).nullable(),
  smtp: z
    .object({
      host: text(253),
      port: z.number("smtp_port"),
      security: z.enum(["tls", "starttls", "none"]),
    })
    .nullable(),
  webhookSecret: text(200).nullable(),
  region: text(32).nullable(),
  apiKey: text(200).nullable(),
  isDefault: z.boolean(),
});

export const changeInput = z
  .object({
    ...common,
    apiKey: text(200),
    webhookSecret: text(200),
    isDefault: z.boolean(),
    endTokenOverlap: z.boolean(),
  })
  .partial()
  .extend({ id: z.uuid() });

export const testInput = z.object({ id: z.uuid(), to: text(254).nullable() });
