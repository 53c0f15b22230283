import type { Channel, ConsentState } from "../../../lib/domain/words";
import type { WorkspaceId } from "../../../lib/domain/workspace-id";
import type { Sql } from "../../client";

export type EmailWebhookAccount = { accountId: string; webhookSecretSealed: string | null };

/** The account whose webhook is addressed to one of its senders; null: no such sender. */
export async function findEmailWebhookAccount(
  sql: Sql,
  integrationId: string,
): Promise<EmailWebhookAccount | null> {
  const [row] = await sql<EmailWebhookAccount[]>`
    select a.id as "accountId", a.webhook_secret_sealed as "webhookSecretSealed"
    from integrations i join accounts a on a.id = i.account_id
    where i.id = ${integrationId} and a.provider = 'resend'`;
  return row ?? null;
}

type Named = {
  accountId: string;
  /** The provider's id of the mail. */
  providerId: string;
  /** Our message, by its tag; null: it carries none. */
  messageId: string | null;
  /** The provider's id of the event. */
  eventId: string;
};

/** `isKnown`: this very event is in the timeline already. */
export type EmailTarget = { messageId: string; attempt: number; isKnown: boolean };

/**
 * The attempt that an event is about: by the provider's id; where that is not recorded yet, the current
 * one of the message that the mail's tag names. null: nothing of ours.
 */
export async function findEmailTarget(
  sql: Sql,
  { accountId, providerId, messageId, eventId }: Named,
): Promise<EmailTarget | null> {
  const [row] = await sql<EmailTarget[]>`
    select t.id as "messageId", t.number as attempt, exists (
      select 1 from timeline l
      where l.message_id = t.id and l.data ->> 'eventId' = ${eventId}) as "isKnown"
    from (
      select a.message_id as id, a.number, 1 as rank from attempts a
      where a.account_id = ${accountId} and a.provider_id = ${providerId}
      union all
      select m.id, a.number, 2 from messages m
      join attempts a on a.message_id = m.id and a.number = m.attempt
      where m.id = ${messageId} and m.account_id = ${accountId} and a.provider_id is null
    ) t
    order by t.rank limit 1`;
  return row ?? null;
}

/** Whom an unsubscribe link is about. */
export type Subscription = {
  workspaceId: WorkspaceId;
  workspaceName: string;
  messageId: string;
  personId: string;
  integrationId: string;
  channel: Channel;
  address: string;
  /** The ledger's last word; null: nothing was said. */
  state: ConsentState | null;
};

/** Of the outbound message in which the link stands; null: it is gone. */
export async function findSubscription(sql: Sql, messageId: string): Promise<Subscription | null> {
  const [row] = await sql<Subscription[]>`
    select m.workspace_id as "workspaceId", w.name as "workspaceName", m.id as "messageId",
      m.person_id as "personId", m.integration_id as "integrationId", m.channel, m.to_address as address,
      (select c.state from consents c
       where c.workspace_id = m.workspace_id and c.person_id = m.person_id
         and c.integration_id = m.integration_id and c.channel = m.channel
       order by c.id desc limit 1) as state
    from messages m join workspaces w on w.id = m.workspace_id
    where m.id = ${messageId} and m.direction = 'out'`;
  return row ?? null;
}
