"use server";

import { findIntegration } from "@/db/queries/integrations";
import { viewerAction } from "@/lib/auth/action";
import type { Viewer } from "@/lib/auth/viewer";
import type { IntegrationFault } from "@/lib/domain/integration-input";
import { createIntegration } from "@/lib/integrations/create-integration";
import { deleteIntegration } from "@/lib/integrations/delete-integration";
import { updateIntegration } from "@/lib/integrations/update-integration";
import { getDeps } from "@/lib/runtime";
import { idInput } from "../../schema";
import { refusedField } from "../refused-field";
import { refusedByProvider } from "./check-answer";
import { changeInput, connectInput } from "./schema";

export const connectIntegration = viewerAction(
  { role: "admin", input: connectInput },
  async (viewer, input) => {
    const outcome = await createIntegration(getDeps(), viewer, input);
    switch (outcome.kind) {
      case "created":
        return { ok: true, data: { id: outcome.id, isChecked: outcome.check.ok } };
      case "invalid":
        return invalid(outcome.faults);
      case "refused":
        return refusedByProvider(outcome.check, input.provider);
      case "sender_taken":
        return refusedField("phoneNumber", outcome.kind);
      default:
        return outcome satisfies never;
    }
  },
);

export const changeIntegration = viewerAction(
  { role: "admin", input: changeInput },
  async (viewer, { id, ...changes }) => {
    const outcome = await updateIntegration(getDeps(), viewer, { id, changes });
    switch (outcome.kind) {
      case "updated":
        return { ok: true, data: { isChecked: outcome.check?.ok ?? true } };
      case "invalid":
        return invalid(outcome.faults);
      case "refused":
        return refusedByProvider(outcome.check, await providerOf(viewer, id));
      case "sender_taken":
        return refusedField("phoneNumber", outcome.kind);
      case "not_found":
      case "has_messages":
      case "is_system":
        return { ok: false, code: outcome.kind };
      default:
        return outcome satisfies never;
    }
  },
);

export const removeIntegration = viewerAction(
  { role: "admin", input: idInput },
  async (viewer, input) => {
    const { kind } = await deleteIntegration(getDeps(), viewer, input);
    return kind === "deleted" ? { ok: true, data: null } : { ok: false, code: kind };
  },
);

/** Whose words a refusal is told in. */
async function providerOf(viewer: Viewer, id: string) {
  return (await findIntegration(getDeps().db, viewer, id))?.provider;
}

function invalid(faults: readonly IntegrationFault[]) {
  const errors = faults.map(({ path, code }) => ({ path, message: code }));
  return { ok: false as const, code: "invalid", errors };
}
