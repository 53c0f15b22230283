"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { createApiKey } from "@/lib/auth/create-api-key";
import { revokeApiKey } from "@/lib/auth/revoke-api-key";
import { API_SCOPES, ROLES } from "@/lib/domain/words";
import { getDeps } from "@/lib/runtime";
import { idInput } from "../../schema";

const keyInput = z.object({
  name: z.string().trim().min(1, "required").max(80, "too_long"),
  role: z.enum(ROLES),
  scopes: z.array(z.enum(API_SCOPES)).min(1, "required").nullable(),
});

export const makeApiKey = viewerAction(
  { role: "admin", input: keyInput },
  async (viewer, input) => {
    const outcome = await createApiKey(getDeps(), viewer, input);
    return outcome.kind === "created"
      ? { ok: true, data: { key: outcome.key } }
      : { ok: false, code: outcome.kind };
  },
);

export const endApiKey = viewerAction({ role: "admin", input: idInput }, async (viewer, input) => {
  const outcome = await revokeApiKey(getDeps(), viewer, input);
  return outcome.kind === "revoked" ? { ok: true, data: null } : { ok: false, code: outcome.kind };
});
