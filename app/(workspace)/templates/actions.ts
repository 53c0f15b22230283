"use server";

import { type ActionResult, viewerAction } from "@/lib/auth/action";
import { type InputFault, withVariables } from "@/lib/domain/templates/template-input";
import { getDeps } from "@/lib/runtime";
import { createTemplate } from "@/lib/templates/create-template";
import { deleteTemplate } from "@/lib/templates/delete-template";
import { restoreTemplate } from "@/lib/templates/restore-template";
import { sendTest } from "@/lib/templates/send-test";
import { type UpdateTemplateOutcome, updateTemplate } from "@/lib/templates/update-template";
import { idInput } from "../schema";
import { newInput, restoreInput, saveInput, testInput } from "./schema";

type Saved = { id: string; version: number };

export const addTemplate = viewerAction(
  { role: "admin", input: newInput },
  async (viewer, input) => {
    const outcome = await createTemplate(getDeps(), viewer, input);
    return outcome.kind === "exists" ? { ok: false, code: "template_exists" } : answer(outcome);
  },
);

export const saveTemplate = viewerAction(
  { role: "admin", input: saveInput },
  async (viewer, { id, seenVersion, ...changes }) =>
    answer(await updateTemplate(getDeps(), viewer, { id, changes, seenVersion })),
);

export const restoreVersion = viewerAction(
  { role: "admin", input: restoreInput },
  async (viewer, input) => answer(await restoreTemplate(getDeps(), viewer, input)),
);

export const removeTemplate = viewerAction(
  { role: "admin", input: idInput },
  async (viewer, input): Promise<ActionResult<null>> => {
    const outcome = await deleteTemplate(getDeps(), viewer, input);
    if (outcome.kind === "deleted") return { ok: true, data: null };
    return { ok: false, code: outcome.kind === "in_use" ? "template_in_use" : "not_found" };
  },
);

/** Sends what stands in the editor, saved or not. */
export const testTemplate = viewerAction(
  { role: "admin", input: testInput },
  async (viewer, { id, to, values, ...draft }): Promise<ActionResult<{ messageId: string }>> => {
    const deps = getDeps();
    const words = withVariables(draft);
    const template = { ...words, id: id ?? deps.chance.uuid(), version: 0 };
    const asked = { template, to, data: values, integrationId: null, idempotencyKey: null };
    const outcome = await sendTest(deps, viewer, asked);
    if (!("kind" in outcome)) return { ok: false, code: "template_unfilled" };
    if (outcome.kind === "sent") return { ok: true, data: { messageId: outcome.messageId } };
    const { code, message } = outcome.refusal;
    return code === "invalid_phone_number" || code === "invalid_email"
      ? { ok: false, code: "invalid", errors: [{ path: "to", message: code }] }
      : { ok: false, code, message };
  },
);

function answer(outcome: UpdateTemplateOutcome): ActionResult<Saved> {
  switch (outcome.kind) {
    case "saved":
      return { ok: true, data: { id: outcome.template.id, version: outcome.template.version } };
    case "invalid":
      return { ok: false, code: "invalid", errors: toErrors(outcome.faults) };
    case "changed":
      return { ok: false, code: "template_changed", data: outcome.template.version };
    case "name_taken":
      return { ok: false, code: "invalid", errors: [{ path: "name", message: "name_taken" }] };
    case "not_found":
      return { ok: false, code: "not_found" };
    default:
      return outcome satisfies never;
  }
}

function toErrors(faults: readonly InputFault[]) {
  return faults.map(({ path, code }) => ({ path, message: code }));
}
