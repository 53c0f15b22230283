import { findPreferences } from "../../db/queries/preferences";
import { NOTIFICATION_CHANNELS } from "../domain/deciding/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { findPersons, type RecipientRefusal } from "./find-persons";
import { type JudgedChannel, judgeChannels } from "./judge";
import type { NewNotification } from "./raise-notifications";
import { readRecipients, readStranger } from "./recipients";

export type ExplainedDelivery = Pick<JudgedChannel, "channel" | "insteadOf" | "decision">;
export type Explanation = { kind: "explained"; deliveries: ExplainedDelivery[] } | RecipientRefusal;

type Explaining = {
  workspaceId: WorkspaceId;
  notification: NewNotification;
  /** What would be decided at this moment, by the history there is now; null: now. */
  at: Date | null;
};

/**
 * What would become of a notification on every channel that is asked for, and on one that would stand in
 * for a closed WhatsApp: the decision by which it would be sent. Nothing
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
  const data = { customer_name: recipient.name ?? "", ...notification.data };
  const judged = { ...notification, data, hasTemplate, toAddress: address };
  const channels = [...new Set(notification.channels ?? NOTIFICATION_CHANNELS)];
  const all = judgeChannels({ at, notification: judged, recipient, rules }, channels);
  return {
    kind: "explained",
    deliveries: all.map(({ channel, insteadOf, decision }) => ({ channel, insteadOf, decision })),
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
