"use server";

import { viewerAction } from "@/lib/auth/action";
import { refreshTemplates as refresh } from "@/lib/integrations/sync-templates";
import { getDeps } from "@/lib/runtime";
import { idInput } from "../../schema";

/** Copies what WhatsApp has approved, now. */
export const refreshTemplates = viewerAction(
  { role: "admin", input: idInput },
  async (viewer, input) => {
    const outcome = await refresh(getDeps(), viewer, input);
    switch (outcome.kind) {
      case "refreshed":
        return { ok: true, data: { count: outcome.count } };
      case "not_found":
        return { ok: false, code: "not_found" };
      case "not_answered":
        return { ok: false, code: "webhook_unreachable" };
      default:
        return outcome satisfies never;
    }
  },
);
