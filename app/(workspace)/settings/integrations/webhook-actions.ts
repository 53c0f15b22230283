"use server";

import { viewerAction } from "@/lib/auth/action";
import { recoverNow } from "@/lib/inbound/recover-missed";
import {
  readWebhook,
  setWebhook as set,
  type WebhookOutcome,
} from "@/lib/integrations/set-webhook";
import { getDeps } from "@/lib/runtime";
import { idInput } from "../../schema";

/** Where the provider posts what this number receives, and whether that is us. */
export const checkWebhook = viewerAction({ role: "admin", input: idInput }, async (viewer, input) =>
  answer(await readWebhook(getDeps(), viewer, input)),
);

export const setWebhook = viewerAction({ role: "admin", input: idInput }, async (viewer, input) =>
  answer(await set(getDeps(), viewer, input)),
);

/** Fetches what has not reached us, now. */
export const recoverMissed = viewerAction(
  { role: "admin", input: idInput },
  async (viewer, { id }) => {
    const report = await recoverNow(getDeps(), viewer, { integrationId: id });
    if (!report) return { ok: false, code: "not_found" };
    if (report.asked === 0) return { ok: false, code: "webhook_unreachable" };
    const { recovered, imported } = report;
    return { ok: true, data: { recovered, imported } };
  },
);

function answer(outcome: WebhookOutcome) {
  if (outcome.kind === "not_found") return { ok: false as const, code: "not_found" };
  if (outcome.kind === "no_credentials") {
    return { ok: false as const, code: "twilio_not_configured" };
  }
  const { answer: given, expected } = outcome;
  if (!given.ok) return { ok: false as const, code: `webhook_${given.fault}` };
  const { url, fallbackUrl } = given.urls;
  const isOurs = url === expected.url && fallbackUrl === expected.fallbackUrl;
  return { ok: true as const, data: { url, isOurs } };
}
