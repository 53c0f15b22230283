import { type SQL, sql } from "drizzle-orm";
import postgres from "postgres";
import type {
  AddressKind,
  Channel,
  ConsentSource,
  ConsentState,
  ConversationState,
  MessageKind,
  Priority,
} from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database, Sql } from "../client";
import { inboundStatement, type Statement } from "./inbound-statement";

/** An inbound message with all that is decided about it, ready to be stored. */
export type InboundRow = {
  workspaceId: WorkspaceId;
  integrationId: string;
  accountId: string;
  /** Ids to use for what turns out to be new. */
  ids: { message: string; conversation: string; person: string; address: string; alias: string };
  address: { kind: AddressKind; value: string; raw: string; country: string | null };
  alias: { kind: AddressKind; value: string } | null;
  profileName: string | null;
  searchText: string;
  channel: Channel;
  messageKind: MessageKind;
  to: string;
  body: string;
  content: Record<string, unknown> | null;
  providerId: string;
  quotedProviderId: string | null;
  media: readonly { id: string; url: string; contentType: string | null }[];
  wakes: boolean;
  priority: Priority | null;
  labels: readonly string[];
  why: { rule: string; words?: string };
  consent: { state: ConsentState; source: ConsentSource; words: string } | null;
  /** Assignees not seen since then count as offline. */
  onlineSince: Date;
  now: Date;
};

export type StoredInbound =
  | {
      kind: "stored";
      conversationId: string;
      personId: string;
      seq: number;
      state: ConversationState;
    }
  /** The account's message of this provider id is here already; nothing was changed. */
  | { kind: "duplicate" };

type StoredRow = Omit<Extract<StoredInbound, { kind: "stored" }>, "kind">;

/**
 * Stores an inbound message and all it changes (address, person, conversation, consent, files) in one
 * statement, hence atomically. A message that is here already changes nothing.
 *
 * @throws postgres.PostgresError, also for a deadlock (see `isWorthRetrying`).
 */
export async function storeInbound(sql: Sql, row: InboundRow): Promise<StoredInbound> {
  const { text, names } = statementOf(row);
  const values = parameters(row);
  try {
    const [stored] = await sql.unsafe<StoredRow[]>(
      text,
      names.map((name) => values[name] ?? null),
      { prepare: true },
    );
    if (!stored) throw new Error("the inbound statement returned no row");
    return { kind: "stored", ...stored };
  } catch (error) {
    if (isDuplicateInbound(error)) return { kind: "duplicate" };
    throw error;
  }
}

/**
 * The same, as a part of a transaction.
 *
 * @throws also for a message that is here already (see `isDuplicateInbound`): the transaction is then
 *   to be rolled back
 */
export async function storeInboundWithin(tx: Database, row: InboundRow): Promise<StoredRow> {
  const { text, names } = statementOf(row);
  const values = parameters(row);
  const parts = text.split(/\$(\d+)/).map((part, nth): SQL => {
    if (nth % 2 === 0) return sql.raw(part);
    return sql`${values[names[Number(part) - 1] ?? ""] ?? null}`;
  });
  const [stored] = await tx.execute<StoredRow>(sql.join(parts));
  if (!stored) throw new Error("the inbound statement returned no row");
  return stored;
}

function statementOf(row: InboundRow): Statement {
  return inboundStatement({
    hasAlias: row.alias !== null,
    hasProfileName: row.profileName !== null,
    hasQuote: row.quotedProviderId !== null,
    hasMedia: row.media.length > 0,
    hasConsent: row.consent !== null,
    hasLabels: row.labels.length > 0,
  });
}

/** By the names that the statements use. */
export function parameters(row: InboundRow): Record<string, string | boolean | null> {
  return {
    workspaceId: row.workspaceId,
    integrationId: row.integrationId,
    accountId: row.accountId,
    messageId: row.ids.message,
    conversationId: row.ids.conversation,
    personId: row.ids.person,
    addressId: row.ids.address,
    aliasId: row.ids.alias,
    kind: row.address.kind,
    value: row.address.value,
    raw: row.address.raw,
    country: row.address.country,
    aliasKind: row.alias?.kind ?? null,
    aliasValue: row.alias?.value ?? null,
    profileName: row.profileName,
    searchText: row.searchText,
    channel: row.channel,
    messageKind: row.messageKind,
    to: row.to,
    body: row.body,
    content: row.content === null ? null : JSON.stringify(row.content),
    providerId: row.providerId,
    quotedProviderId: row.quotedProviderId,
    media: row.media.length > 0 ? JSON.stringify(row.media.map(withPosition)) : null,
    wakes: row.wakes,
    priority: row.priority,
    labels: row.labels.length > 0 ? JSON.stringify(row.labels) : null,
    why: JSON.stringify(row.why),
    consentState: row.consent?.state ?? null,
    consentSource: row.consent?.source ?? null,
    consentWords: row.consent?.words ?? null,
    onlineSince: row.onlineSince.toISOString(),
    now: row.now.toISOString(),
  };
}

function withPosition<T>(file: T, position: number) {
  return { ...file, position };
}

/** Did this fail because the account's message of that provider id is here already? */
export function isDuplicateInbound(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  return (
    cause instanceof postgres.PostgresError &&
    cause.code === "23505" &&
    cause.constraint_name === "messages_inbound_idx"
  );
}
