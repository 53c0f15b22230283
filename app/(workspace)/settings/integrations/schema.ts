import { z } from "zod";
import { CONNECTABLE } from "@/lib/domain/integration-input";

const text = (max: number) => z.string().trim().max(max, "too_long");
const common = {
  name: text(80).min(1, "required"),
  phoneNumber: text(40).min(1, "required"),
  messagingServiceSid: text(40).nullable(),
  defaultCountry: text(2).nullable(),
  pacePerSecond: z.number("pace").nullable(),
  isActive: z.boolean(),
  isVisibleToAll: z.boolean(),
  viewerIds: z.array(z.uuid()).max(2000),
};

export const connectInput = z.object({
  ...common,
  type: z.enum(CONNECTABLE.types),
  provider: z.enum(CONNECTABLE.providers),
  accountId: text(128).nullable(),
  region: text(32).nullable(),
  apiKey: text(200).nullable(),
  isDefault: z.boolean(),
});

export const changeInput = z
  .object({ ...common, apiKey: text(200), isDefault: z.boolean(), endTokenOverlap: z.boolean() })
  .partial()
  .extend({ id: z.uuid() });

export const testInput = z.object({ id: z.uuid(), to: text(40).nullable() });
