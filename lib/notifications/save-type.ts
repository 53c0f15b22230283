import { insertAudit } from "../../db/writes/audit";
import { deleteType, insertType, putType } from "../../db/writes/notification-types";
import { cancelPlan } from "../../db/writes/reminders";
import { lockTemplates } from "../../db/writes/templates";
import { given } from "../domain/given";
import { checkType, type TypeFault } from "../domain/notification-types/check-type";
import { READY_TYPES } from "../domain/notification-types/ready-types";
import {
  findRegistered,
  type KeptType,
  type RegisteredType,
} from "../domain/notification-types/registry";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { dropTemplates, fitTemplates, type Unfit } from "../templates/fit-templates";
import { readTypes } from "./read-types";

type Needs = Pick<Deps, "db" | "clock">;

export type SaveTypeOutcome =
  | { kind: "saved"; type: RegisteredType }
  /** Nothing changed; each fault names its field and how to mend it. */
  | { kind: "invalid"; faults: TypeFault[] }
  /** There is one of that key already, ready or the workspace's own. */
  | { kind: "key_taken" }
  | { kind: "not_found" }
  /** Of a ready type, these fields are what its templates rely on. */
  | { kind: "fixed"; fields: string[] };

type Refusal = Exclude<SaveTypeOutcome, { kind: "saved" }>;

/** What is to change of a type; a field that is left out stays as it is. */
export type TypeChanges = { readonly [K in keyof Omit<KeptType, "key">]?: KeptType[K] | undefined };

/** A type of the workspace's own. Whoever reports it says it in words, or by templates of its key. */
export async function createType(
  deps: Needs,
  by: Administrator,
  type: KeptType,
): Promise<SaveTypeOutcome> {
  const faults = checkType(type);
  if (faults.length > 0) return { kind: "invalid", faults };
  const { workspaceId } = by;
  if (findRegistered(await readTypes(deps.db, workspaceId), type.key)) return { kind: "key_taken" };
  const at = deps.clock.now();
  const isNew = await deps.db.transaction(async (tx) => {
    if (!(await insertType(tx, { workspaceId, type, at }))) return false;
    await audit(deps, tx, by, { action: "notification_type.created", key: type.key });
    return true;
  });
  return isNew ? saved(deps, by, type.key) : { kind: "key_taken" };
}

/**
 * Changes a type of the workspace's own, or how a ready one is told. Of several who change types at the
 * same moment each sees what those before have saved.
 */
export async function changeType(
  deps: Needs,
  by: Administrator,
  { key, changes }: { key: string; changes: TypeChanges },
): Promise<SaveTypeOutcome> {
  const { workspaceId } = by;
  const set = given(changes);
  const refusal = await deps.db.transaction(async (tx): Promise<Refusal | null> => {
    await lockTemplates(tx, workspaceId);
    const before = findRegistered(await readTypes(tx, workspaceId), key);
    if (!before) return { kind: "not_found" };
    const fields = before.origin === "own" ? [] : FIXED.filter((field) => field in set);
    if (fields.length > 0) return { kind: "fixed", fields };
    const type = { ...toKept(before), ...set };
    const faults = checkType(type);
    if (faults.length > 0) return { kind: "invalid", faults };
    const path = FILLING.find((field) => field in set);
    const isFitted = before.origin === "own" && path !== undefined;
    const unfit = isFitted ? await fitTemplates(tx, { workspaceId, type }) : [];
    if (unfit.length > 0) {
      return { kind: "invalid", faults: unfit.map((one) => variableUsed(one, path)) };
    }
    await putType(tx, { workspaceId, type, at: deps.clock.now() });
    const data = { changed: Object.keys(set) };
    await audit(deps, tx, by, { action: "notification_type.changed", key, data });
    return null;
  });
  return refusal ?? saved(deps, by, key);
}

/** What fills the templates of a type. */
const FILLING = ["variables", "replyCodes"] as const;

function variableUsed({ channel, locale, fault }: Unfit, path = "variables"): TypeFault {
  const message = `The template ${channel} ${locale} would no longer be right. ${fault.message}`;
  return { path, code: "variable_used", message };
}

/** Deletes a type of the workspace's own with its templates and what waits of its plan, or makes a ready one again what it ships as. */
export async function removeType(
  deps: Needs,
  by: Administrator,
  key: string,
): Promise<{ kind: "removed" } | { kind: "not_found" }> {
  const { workspaceId } = by;
  const isReady = READY_TYPES.some((ready) => ready.key === key);
  const isRemoved = await deps.db.transaction(async (tx) => {
    await lockTemplates(tx, workspaceId);
    if (!(await deleteType(tx, { workspaceId, key }))) return false;
    if (!isReady) {
      await dropTemplates(tx, { workspaceId, key });
      await cancelPlan(tx, { workspaceId, plan: key, at: deps.clock.now() });
    }
    await audit(deps, tx, by, { action: "notification_type.deleted", key });
    return true;
  });
  if (isRemoved) return { kind: "removed" };
  return { kind: isReady ? "removed" : "not_found" };
}

const FIXED = ["kind", "category", "variables", "canceledBy", "reminderPlan"] as const;

function toKept(type: RegisteredType): KeptType {
  const { severities, defaultChannels: channels, origin: _, reminder: __, ...rest } = type;
  return { ...rest, severity: severities[0], channels };
}

async function saved(deps: Needs, by: Administrator, key: string): Promise<SaveTypeOutcome> {
  const type = findRegistered(await readTypes(deps.db, by.workspaceId), key);
  return type ? { kind: "saved", type } : { kind: "not_found" };
}

type Entry = { action: string; key: string; data?: Record<string, unknown> };

async function audit(
  { clock }: Needs,
  tx: Parameters<typeof insertAudit>[0],
  { workspaceId, actor }: Administrator,
  { key, ...entry }: Entry,
) {
  const target = { type: "notification_type", id: key };
  await insertAudit(tx, { ...entry, workspaceId, at: clock.now(), actor, target });
}
