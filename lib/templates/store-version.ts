import type { Database } from "../../db/client";
import type { OwnTemplate } from "../../db/queries/templates";
import { insertAudit } from "../../db/writes/audit";
import { isNameTaken, saveTemplateRow } from "../../db/writes/templates";
import { findRegistered } from "../domain/notification-types/registry";
import {
  CUSTOM_EVENT,
  type Template,
  variablesOfEvent,
  variablesOfType,
} from "../domain/templates/template";
import {
  findInputFaults,
  type InputFault,
  type TemplateInput,
  withVariables,
} from "../domain/templates/template-input";
import type { Administrator } from "../domain/viewer";
import type { WorkspaceId } from "../domain/workspace-id";
import { readTypes } from "../notifications/read-types";

export type Stored =
  | { kind: "saved"; template: OwnTemplate }
  | { kind: "invalid"; faults: InputFault[] }
  /** Another custom template of the channel and language has the name. */
  | { kind: "name_taken" };

type Storing = {
  by: Administrator;
  at: Date;
  /** The form before, whose place it takes; null: it is new. */
  before: Template | null;
  id: string;
  input: TemplateInput;
  action: "template.created" | "template.saved" | "template.restored";
};

/** Keeps a template's new form as its next version, inside a transaction that holds the templates. */
export async function storeVersion(
  tx: Database,
  { by, at, before, id, input: given, action }: Storing,
): Promise<Stored> {
  const input = await ofItsEvent(tx, by.workspaceId, given);
  if (!input) return { kind: "invalid", faults: [unknownEvent(given.event)] };
  const faults = findInputFaults(input);
  if (faults.length > 0) return { kind: "invalid", faults };
  const { workspaceId, actor } = by;
  const { name, event, channel, locale } = input;
  if (event === CUSTOM_EVENT) {
    const named = { workspaceId, name, channel, locale, exceptId: id };
    if (await isNameTaken(tx, named)) return { kind: "name_taken" };
  }
  const version = (before?.version ?? 0) + 1;
  const { variables } = withVariables(input);
  const own = variablesOfEvent(input) ? [] : [...variables];
  const row = {
    ...input,
    approved: { ...input.approved },
    variables: own,
    id,
    workspaceId,
    version,
  };
  const dates = { createdAt: at, updatedAt: at };
  const template = await saveTemplateRow(tx, {
    workspaceId,
    template: { ...row, ...dates },
    actor,
  });
  const target = { type: "template", id };
  const data = { name, event, channel, locale, version, isActive: input.isActive };
  await insertAudit(tx, { workspaceId, at, actor, action, target, data });
  return { kind: "saved", template };
}

/** The input with the variables of its event; null: the workspace has no such type. */
async function ofItsEvent(
  tx: Database,
  workspaceId: WorkspaceId,
  input: TemplateInput,
): Promise<TemplateInput | null> {
  const { event } = input;
  if (event === CUSTOM_EVENT || variablesOfEvent(input)) return input;
  const type = findRegistered(await readTypes(tx, workspaceId), event);
  return type && { ...input, variables: variablesOfType(type, input) };
}

function unknownEvent(event: string): InputFault {
  const message = `${event} is no type of this workspace`;
  return { path: "event", code: "unknown_event", message, name: null };
}
