import type { Database } from "../../db/client";
import { listOwnTemplates } from "../../db/queries/templates";
import { deleteTemplateRow, setTemplateVariables } from "../../db/writes/templates";
import type { RegisteredType } from "../domain/notification-types/registry";
import { variablesOfType } from "../domain/templates/template";
import { findInputFaults, type InputFault } from "../domain/templates/template-input";
import type { Channel, Locale } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";

type OfType = { workspaceId: WorkspaceId; key: string };
type FittingType = Pick<RegisteredType, "key" | "variables" | "replyCodes">;

/** A template that would no longer be right, and what of it. */
export type Unfit = { channel: Channel; locale: Locale; fault: InputFault };

/**
 * Gives the templates of a workspace's own type the variables and reply codes that it has from now on,
 * inside a transaction that holds the templates and then writes the type; nothing where one of them would no
 * longer be right.
 *
 * @returns what would be wrong; empty: they have them
 */
export async function fitTemplates(
  tx: Database,
  { workspaceId, type }: { workspaceId: WorkspaceId; type: FittingType },
): Promise<Unfit[]> {
  const templates = (await listOfType(tx, { workspaceId, key: type.key })).map((template) => {
    return { ...template, variables: variablesOfType(type, template) };
  });
  const unfit = templates.flatMap((template) =>
    findInputFaults(template).map((fault) => ({ ...template, fault })),
  );
  if (unfit.length > 0) return unfit;
  for (const { id, variables } of templates) {
    await setTemplateVariables(tx, { workspaceId, id, variables });
  }
  return [];
}

/** Takes away all templates of a workspace's own type, inside a transaction that holds the templates. */
export async function dropTemplates(tx: Database, { workspaceId, key }: OfType): Promise<void> {
  for (const { id } of await listOfType(tx, { workspaceId, key })) {
    await deleteTemplateRow(tx, { workspaceId, id });
  }
}

async function listOfType(tx: Database, { workspaceId, key }: OfType) {
  const all = await listOwnTemplates(tx, workspaceId);
  return all.filter(({ event }) => event === key);
}
