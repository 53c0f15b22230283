"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { declaredVariables, typeFields } from "@/lib/http/type-fields";
import {
  changeType,
  createType,
  removeType,
  type SaveTypeOutcome,
} from "@/lib/notifications/save-type";
import { getDeps } from "@/lib/runtime";

const key = z.string().trim().min(1, "required").max(64, "too_long");
const { names, severity, channels, isTimeSensitive, isActive, kind, category } = typeFields;
const shown = { names, severity, channels, isTimeSensitive, isActive };

export const makeType = viewerAction(
  { role: "admin", input: z.object({ key, kind, category, ...shown }) },
  async (viewer, type) => {
    const nothing = { variables: [], replyCodes: [], canceledBy: [], reminderPlan: [] };
    return answer(await createType(getDeps(), viewer, { ...type, ...nothing }));
  },
);

export const saveType = viewerAction(
  { role: "admin", input: z.object({ key, ...shown }) },
  async (viewer, { key: name, ...changes }) =>
    answer(await changeType(getDeps(), viewer, { key: name, changes })),
);

export const saveVariables = viewerAction(
  { role: "admin", input: z.object({ key, variables: typeFields.variables }) },
  async (viewer, { key: name, variables }) => {
    const changes = { variables: declaredVariables(variables) };
    return answer(await changeType(getDeps(), viewer, { key: name, changes }));
  },
);

const { canceledBy, reminderPlan } = typeFields;

export const savePlan = viewerAction(
  { role: "admin", input: z.object({ key, canceledBy, reminderPlan }) },
  async (viewer, { key: name, ...changes }) =>
    answer(await changeType(getDeps(), viewer, { key: name, changes })),
);

export const dropType = viewerAction(
  { role: "admin", input: z.object({ key }) },
  async (viewer, { key: name }) => {
    const outcome = await removeType(getDeps(), viewer, name);
    return outcome.kind === "removed" ? { ok: true, data: null } : NOT_FOUND;
  },
);

const NOT_FOUND = { ok: false as const, code: "not_found" };

function answer(outcome: SaveTypeOutcome) {
  switch (outcome.kind) {
    case "saved":
      return { ok: true as const, data: null };
    case "invalid": {
      const errors = outcome.faults.map(({ path, code }) => ({ path, message: code }));
      return { ok: false as const, code: "invalid", errors };
    }
    case "key_taken": {
      const errors = [{ path: "key", message: "key_taken" }];
      return { ok: false as const, code: "invalid", errors };
    }
    case "fixed":
    case "not_found":
      return NOT_FOUND;
    default:
      return outcome satisfies never;
  }
}
