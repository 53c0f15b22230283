import type { Database } from "../../db/client";
import { findRecipients } from "../../db/queries/recipients";
import { findBook } from "../../db/queries/templates";
import { findWorkspace } from "../../db/queries/workspaces";
import { findSilence } from "../domain/notification-types/own-words";
import type { EventFault } from "../domain/notification-types/read-event";
import { findRegistered, type TypeRegistry } from "../domain/notification-types/registry";
import type { WorkspaceId } from "../domain/workspace-id";
import { findPersons, type RecipientRef } from "../notifications/find-persons";
import type { EventIntent } from "./read-events";

type Asked = {
  workspaceId: WorkspaceId;
  types: TypeRegistry;
  events: readonly EventIntent[];
  /** In the order of the events. */
  refs: readonly RecipientRef[];
};

export type Silent = { kind: "invalid"; index: number; faults: EventFault[] };

/**
 * The first event that nothing could be told of: it is of a type of the workspace's own, says nothing in
 * `title` and `message`, and a channel of the type has no template in its recipient's language. Costs
 * nothing where every event says something or is of a ready type.
 *
 * @returns null: every event can be told, or its recipient cannot be found
 */
export async function findSilent(
  db: Database,
  { workspaceId, types, events, refs }: Asked,
): Promise<Silent | null> {
  const quiet = events.flatMap(({ type, intent }, index) => {
    const own = intent.words === null ? findRegistered(types, type) : null;
    const ref = refs[index];
    return own?.origin === "own" && ref ? [{ index, type: own, ref, data: intent.data }] : [];
  });
  if (quiet.length === 0) return null;
  const found = await findPersons(db, { workspaceId, refs: quiet.map(({ ref }) => ref) });
  if (found.kind === "refused") return null;
  const personIds = found.persons.flatMap(({ personId }) => personId ?? []);
  const persons = await findRecipients(db, { workspaceId, personIds });
  const workspace = await findWorkspace(db, workspaceId);
  if (!workspace) throw new Error("a workspace id is of a workspace");
  const book = await findBook(db, { workspaceId, events: quiet.map(({ type }) => type.key) });
  for (const [nth, { index, type, data }] of quiet.entries()) {
    const person = persons.find((one) => one.personId === found.persons[nth]?.personId);
    const silence = findSilence(type, {
      data: { customer_name: person?.name ?? "", ...data },
      locale: person?.locale ?? workspace.locale,
      zone: person?.timeZone ?? workspace.timeZone,
      book,
    });
    if (silence.length === 0) continue;
    const faults = silence.map(({ name, message }): EventFault => {
      return { path: `data.${name}`, code: "invalid_data", message };
    });
    return { kind: "invalid", index, faults };
  }
  return null;
}
