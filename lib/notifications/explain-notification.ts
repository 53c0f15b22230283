import { findPreferences } from "../../db/queries/preferences";
import type { Decision } from "../domain/deciding/decide";
import { NOTIFICATION_CHANNELS, type NotificationChannel } from "../domain/deciding/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { findPersons, type RecipientRefusal } from "./find-persons";
import { judge } from "./judge";
import type { NewNotification } from "./raise-notifications";
import { readRecipients, readStranger } from "./recipients";

export type Explanation =
  | { kind: "explained"; deliveries: { channel: NotificationChannel; decision: Decision }[] }
  | RecipientRefusal;

type Explaining = {
  workspaceId: WorkspaceId;
  notification: NewNotification;
  /** What would be decided at this moment, by the history there is now; null: now. */
  at: Date | null;
};

/**
 * What would become of a notification on every channel: the decision by which it would be sent. Nothing
 * is stored, also of a person whom nobody knows yet.
 */
export async function explainNotification(
  deps: Pick<Deps, "db" | "clock">,
  { workspaceId, notification, at: asked }: Explaining,
): Promise<Explanation> {
  const { db } = deps;
  const found = await findPersons(db, { workspaceId, refs: [notification.recipient] });
  if (found.kind === "refused") return found;
  const [{ personId, address } = { personId: null, address: null }] = found.persons;
  const at = asked ?? deps.clock.now();
  const { rules, recipient } =
    personId === null && address
      ? await readStranger(db, { workspaceId, given: address, types: [notification.type], at })
      : await readKnown(deps, { workspaceId, personId: personId ?? "", notification, at });
  const hasTemplate = notification.words === null || notification.hasTemplate === true;
  const judged = { ...notification, hasTemplate, toAddress: address };
  return {
    kind: "explained",
    deliveries: (notification.channels ?? NOTIFICATION_CHANNELS).map((channel) => {
      const { decision } = judge({ at, notification: judged, channel, recipient, rules });
      return { channel, decision };
    }),
  };
}

type Known = {
  workspaceId: WorkspaceId;
  personId: string;
  notification: NewNotification;
  at: Date;
};

async function readKnown(
  { db }: Pick<Deps, "db">,
  { workspaceId, personId, notification, at }: Known,
) {
  const of = { workspaceId, personIds: [personId] };
  const preferences = await findPreferences(db, of);
  const types = [notification.type];
  const { rules, recipients } = await readRecipients(db, { ...of, types, preferences, at });
  const recipient = recipients.get(personId);
  if (!recipient) throw new Error("a person of the workspace was just found");
  return { rules, recipient };
}
