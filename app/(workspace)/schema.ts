import { z } from "zod";
import { LOCALES, THEMES } from "@/lib/domain/words";

export const timeZoneInput = z
  .string()
  .max(60)
  .refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC", {
    error: "time_zone",
  });

export const profileInput = z.object({
  name: z.string().trim().min(1, "required").max(80, "too_long").optional(),
  locale: z.enum(LOCALES).optional(),
  theme: z.enum(THEMES).optional(),
  timeZone: timeZoneInput.nullable().optional(),
});

export const idInput = z.object({ id: z.uuid() });

export const releaseInput = z.object({
  id: z.uuid(),
  /** Seconds since they should have left; null: none is dropped. */
  dropOlderThan: z
    .int()
    .min(0)
    .max(30 * 86_400)
    .nullable(),
});
