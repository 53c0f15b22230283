import type { Database } from "../../db/client";
import type { AnswerableRow } from "../../db/queries/answerable";
import type { InboundRow } from "../../db/writes/inbound";
import { oweWebhooks } from "../../db/writes/owed-webhooks";
import type { ReplyAction } from "../domain/reply-codes/reply-code";

type Answered = {
  row: InboundRow;
  conversationId: string;
  personId: string;
  action: ReplyAction;
  /** The newest first. */
  notifications: readonly AnswerableRow[];
};

/** Owes other systems what a code has said, in the transaction that acts on it. */
export async function oweAnswer(tx: Database, answered: Answered): Promise<void> {
  const { row, conversationId, personId, action, notifications } = answered;
  const { workspaceId, now } = row;
  const data = {
    action,
    messageId: row.ids.message,
    conversationId,
    integrationId: row.integrationId,
    personId,
    from: row.address.value,
    body: row.body,
    notifications: notifications.map(({ id, type, title, subject, data }) => {
      return { id, type, title, subject, data };
    }),
  };
  const event = { type: "reply_code.received" as const, occurredAt: now, data };
  await oweWebhooks(tx, { workspaceId, events: [event] });
}
