import type { Database } from "../../db/client";
import type { NotificationRules } from "../../db/queries/notification-rules";
import { findRecipients } from "../../db/queries/recipients";
import { findBook } from "../../db/queries/templates";
import { findSilence } from "../domain/notification-types/own-words";
import type { EventFault } from "../domain/notification-types/read-event";
import { findRegistered } from "../domain/notification-types/registry";
import type { WorkspaceId } from "../domain/workspace-id";
import { findPersons, type RecipientRef } from "../notifications/find-persons";
import type { EventIntent } from "./read-events";

type Asked = {
  workspaceId: WorkspaceId;
  rules: NotificationRules;
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
  { workspaceId, rules, events, refs }: Asked,
): Promise<Silent | null> {
  const quiet = events.flatMap(({ type, intent }, index) => {
    const own = intent.words === null ? findRegistered(rules.types, type) : null;
    const ref = refs[index];
    return own?.origin === "own" && ref ? [{ index, type: own, ref, data: intent.data }] : [];
  });
  if (quiet.length === 0) return null;
  const { defaultCountry: country, locale, zone } = rules;
  const found = await findPersons(db, { workspaceId, country, refs: quiet.map(({ ref }) => ref) });
  if (found.kind === "refused") return null;
  const personIds = found.persons.flatMap(({ personId }) => personId ?? []);
  const persons = await findRecipients(db, { workspaceId, personIds });
  const book = await findBook(db, { workspaceId, events: quiet.map(({ type }) => type.key) });
  for (const [nth, { index, type, data }] of quiet.entries()) {
    const person = persons.find((one) => one.personId === found.persons[nth]?.personId);
    const silence = findSilence(type, {
      data: { customer_name: person?.name ?? "", ...data },
      locale: person?.locale ?? locale,
      zone: person?.timeZone ?? zone,
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
