"use server";

import { getTranslations } from "next-intl/server";
import { findIntegration, findTestMessage } from "@/db/queries/integrations";
import { viewerAction } from "@/lib/auth/action";
import { testIntegration } from "@/lib/integrations/test-integration";
import { getDeps } from "@/lib/runtime";
import { idInput } from "../../schema";
import { refusedField } from "../refused-field";
import { codeOfCheck } from "./check-answer";
import { testInput } from "./schema";

type Sent = { messageId: string; conversationId: string };

export const testNumber = viewerAction(
  { role: "admin", input: testInput },
  async (viewer, { id, to }) => {
    const t = await getTranslations("settings.test");
    const body = t("body", { workspace: viewer.workspace.name });
    const outcome = await testIntegration(getDeps(), viewer, { id, to, body });
    if (outcome.kind === "not_found") return { ok: false, code: outcome.kind };
    const { check } = outcome;
    if (!check.ok) {
      const row = await findIntegration(getDeps().db, viewer, id);
      return { ok: false, code: codeOfCheck(check, row?.provider) };
    }
    switch (outcome.kind) {
      case "checked":
        return answer(check.accountName, null);
      case "sent":
        return answer(check.accountName, outcome);
      case "not_sent": {
        const { refusal } = outcome;
        if (refusal.kind !== "refused") return { ok: false, code: "not_found" };
        return refusal.code === "invalid_phone_number" || refusal.code === "invalid_email"
          ? refusedField("to", refusal.code)
          : { ok: false, code: refusal.code, message: refusal.message };
      }
      default:
        return outcome satisfies never;
    }
  },
);

/** The fate of a test text, for the panel that watches it. */
export const readIntegrationTest = viewerAction(
  { role: "admin", input: idInput },
  async (viewer, { id }) => {
    const { workspaceId } = viewer;
    const row = await findTestMessage(getDeps().db, { workspaceId, messageId: id });
    if (!row) return { ok: false, code: "not_found" };
    const { status, providerId, errorCode } = row;
    return { ok: true, data: { status, providerId, errorCode } };
  },
);

function answer(accountName: string, sent: Sent | null) {
  const ids = sent && { messageId: sent.messageId, conversationId: sent.conversationId };
  return { ok: true as const, data: { accountName, sent: ids } };
}
