import type { AttemptOutcome, Channel, MessageStatus } from "../../../lib/domain/words";
import type { WorkspaceId } from "../../../lib/domain/workspace-id";
import type { Sql } from "../../client";

/** A message and one of its attempts, as they were when looked at. */
export type AttemptState = {
  workspaceId: WorkspaceId;
  conversationId: string;
  integrationId: string;
  accountId: string;
  channel: Channel;
  messageStatus: MessageStatus;
  messageAttempt: number;
  messageProviderId: string | null;
  attemptStatus: MessageStatus | null;
  attemptProviderId: string | null;
  /** null: under way. */
  attemptOutcome: AttemptOutcome | null;
  carrierAt: Date | null;
};

type Named = { messageId: string; attempt: number };

/** null: no such attempt of that message. */
export async function findAttemptState(
  sql: Sql,
  { messageId, attempt }: Named,
): Promise<AttemptState | null> {
  const [row] = await sql<AttemptState[]>`
    select ${attemptState(sql)}
    from messages m join attempts a on a.message_id = m.id and a.number = ${attempt}
    where m.id = ${messageId}`;
  return row ?? null;
}

/** The columns of an `AttemptState`, of a message `m` and its attempt `a`. */
function attemptState(sql: Sql) {
  return sql`m.workspace_id as "workspaceId", m.conversation_id as "conversationId",
    m.integration_id as "integrationId", m.account_id as "accountId", m.channel,
    m.status as "messageStatus", m.attempt as "messageAttempt",
    m.provider_id as "messageProviderId", a.status as "attemptStatus",
    a.provider_id as "attemptProviderId", a.outcome as "attemptOutcome", a.carrier_at as "carrierAt"`;
}

/** An account, and what it signs with. */
export type Signer = {
  accountId: string;
  accountSid: string | null;
  tokenSealed: string | null;
  nextTokenSealed: string | null;
};

/** What a status callback names: the state of the attempt, and who signs what is said of it. */
export type CallbackState = {
  signer: Signer;
  /** null: the message has no such attempt. */
  seen: AttemptState | null;
};

type CallbackRow = AttemptState & Signer & { hasAttempt: boolean; place: number };

/** What each of these callbacks names, in one look; null: no outbound message of ours. */
export async function findCallbackStates(
  sql: Sql,
  named: readonly Named[],
): Promise<(CallbackState | null)[]> {
  const numbered = named.map(({ messageId: id, attempt }, place) => ({ id, attempt, place }));
  const rows = await sql<CallbackRow[]>`
    select n.place, ${attemptState(sql)}, a.number is not null as "hasAttempt",
      c.sid as "accountSid", c.token_sealed as "tokenSealed",
      c.next_token_sealed as "nextTokenSealed"
    from jsonb_to_recordset(${sql.json(numbered)}) as n(id uuid, attempt int, place int)
    cross join lateral (select * from messages where id = n.id and direction = 'out' limit 1) m
    join accounts c on c.id = m.account_id
    left join lateral (
      select * from attempts where message_id = n.id and number = n.attempt limit 1
    ) a on true`;
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  return named.map((_, index) => toCallbackState(byPlace.get(index)));
}

function toCallbackState(row: CallbackRow | undefined): CallbackState | null {
  if (!row) return null;
  const { place: _, hasAttempt, accountSid, tokenSealed, nextTokenSealed, ...state } = row;
  const signer = { accountId: state.accountId, accountSid, tokenSealed, nextTokenSealed };
  return { signer, seen: hasAttempt ? state : null };
}
