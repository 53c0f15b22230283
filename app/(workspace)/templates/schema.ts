import { z } from "zod";
import { VARIABLE_TYPES } from "@/lib/domain/templates/variables";
import { CHANNELS, LOCALES } from "@/lib/domain/words";

const variable = z.object({
  name: z
    .string()
    .max(60)
    .regex(/^[A-Za-z_]\w*$/, "variable_name"),
  type: z.enum(VARIABLE_TYPES),
  default: z.string().max(1000).nullable(),
  examples: z.object({ short: z.string().max(1000), long: z.string().max(1000) }),
});

const draft = {
  name: z.string().trim().min(1, "required").max(120, "too_long"),
  subject: z.string().max(1000).nullable(),
  body: z.string().max(200_000),
  isActive: z.boolean(),
  /** Of a custom one, or as the editor has them of a type: what is kept has the type's. */
  variables: z.array(variable).max(50).nullable(),
  approved: z.record(
    z.uuid(),
    z.object({
      contentSid: z.string().max(40),
      variables: z.record(z.string().max(100), z.string().max(1000)),
    }),
  ),
};

const place = {
  event: z.string().max(64),
  channel: z.enum(CHANNELS),
  locale: z.enum(LOCALES),
};

export const newInput = z.object({ ...draft, ...place });

export const saveInput = z.object({ id: z.uuid(), seenVersion: z.int().min(0), ...draft });

export const restoreInput = z.object({
  id: z.uuid(),
  version: z.int().min(0),
  seenVersion: z.int().min(0),
});

export const testInput = z.object({
  ...draft,
  ...place,
  id: z.uuid().nullable(),
  to: z.string().trim().min(1, "required").max(254, "too_long"),
  values: z.record(z.string().max(100), z.string().max(5000)),
});
