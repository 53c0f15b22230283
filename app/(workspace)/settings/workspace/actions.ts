"use server";

import { isSupportedCountry } from "libphonenumber-js/max";
import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { updateWorkspace } from "@/lib/auth/update-workspace";
import { LOCALES } from "@/lib/domain/words";
import { getDeps } from "@/lib/runtime";
import { timeZoneInput } from "../../schema";

const workspaceInput = z.object({
  name: z.string().trim().min(1, "required").max(80, "too_long"),
  defaultCountry: z.string().refine((code) => isSupportedCountry(code), { error: "country" }),
  timeZone: timeZoneInput,
  locale: z.enum(LOCALES),
  pacePerMinute: z
    .int("pace_per_minute")
    .min(1, "pace_per_minute")
    .max(60_000, "pace_per_minute")
    .nullable(),
  maxAttempts: z.int("max_attempts").min(1, "max_attempts").max(10, "max_attempts"),
  retryDelaySeconds: z.int("retry_delay").min(5, "retry_delay").max(86_400, "retry_delay"),
});

export const saveWorkspace = viewerAction(
  { role: "admin", input: workspaceInput },
  async (viewer, changes) => {
    await updateWorkspace(getDeps(), viewer, changes);
    return { ok: true, data: null };
  },
);
