import type { Database } from "../../db/client";
import { findNotificationRules, type NotificationRules } from "../../db/queries/notification-rules";
import { findPreferences } from "../../db/queries/preferences";
import { NOTIFICATION_CHANNELS } from "../domain/deciding/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { findPersons, type RecipientRefusal } from "./find-persons";
import { type JudgedChannel, judgeChannels } from "./judge";
import type { NewNotification } from "./raise-notifications";
import { type Recipient, readRecipients, readStranger } from "./recipients";

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
  const rules = await findNotificationRules(db, workspaceId);
  const { defaultCountry: country } = rules;
  const refs = [notification.recipient];
  const found = await findPersons(db, { workspaceId, country, refs });
  if (found.kind === "refused") return found;
  const [{ personId, address } = { personId: null, address: null }] = found.persons;
  const at = asked ?? deps.clock.now();
  const of = { workspaceId, types: [notification.type], rules, at };
  const recipient =
    personId === null && address
      ? await readStranger(db, { ...of, given: address })
      : await readKnown(db, { ...of, personId: personId ?? "" });
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
  types: readonly string[];
  rules: NotificationRules;
  at: Date;
};

async function readKnown(
  db: Database,
  { workspaceId, personId, ...known }: Known,
): Promise<Recipient> {
  const of = { workspaceId, personIds: [personId] };
  const preferences = await findPreferences(db, of);
  const { recipients } = await readRecipients(db, { ...of, ...known, preferences });
  const recipient = recipients.get(personId);
  if (!recipient) throw new Error("a person of the workspace was just found");
  return recipient;
}
