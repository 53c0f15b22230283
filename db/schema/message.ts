import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  ATTEMPT_OUTCOMES,
  CHANNELS,
  DIRECTIONS,
  LANES,
  MESSAGE_KINDS,
  MESSAGE_STATUSES,
} from "../../lib/domain/words";
import { conversations } from "./conversation";
import { users } from "./user";
import { keptWorkspaceColumn } from "./workspace";

/** One text in or out on any channel. Outbound rows are the outbox. */
export const messages = pgTable(
  "messages",
  {
    id: uuid().primaryKey(),
    workspaceId: keptWorkspaceColumn(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id),
    /** As the workspace and the person the conversation's, whose own references keep all three. */
    integrationId: uuid().notNull(),
    /** The integration's. */
    accountId: uuid().notNull(),
    personId: uuid().notNull(),
    /** Order in the conversation; null while `scheduled`. */
    seq: integer(),
    direction: text({ enum: DIRECTIONS }).notNull(),
    channel: text({ enum: CHANNELS }).notNull(),
    kind: text({ enum: MESSAGE_KINDS }).notNull().default("text"),
    /** Bare addresses: E.164, short code, WhatsApp id, e-mail; never the `whatsapp:` prefix. */
    fromAddress: text().notNull(),
    toAddress: text().notNull(),
    body: text().notNull().default(""),
    /** E-mail. */
    subject: text(),
    /** E-mail: the beautiful form of `body`, which says the same. Shown to nobody but the recipient. */
    html: text(),
    /**
     * What does not fit body and media: a location, a button's payload, an unknown kind's fields; of a
     * text that is the recipient's alone, `sealed` (lib/outbound/sealed-text), with a stand-in as body.
     */
    content: jsonb().$type<Record<string, unknown>>(),
    status: text({ enum: MESSAGE_STATUSES }).notNull(),
    /** Machine word for why the status is what it is, such as `opted_out` or `unreachable`. */
    statusReason: text(),
    errorCode: text(),
    /** The provider's own words; ours are rendered from errorCode in the reader's language. */
    errorMessage: text(),
    lane: text({ enum: LANES }).notNull().default("normal"),
    /** Better twice than never, where it cannot be known whether it left (lib/domain/unknown-policy). */
    isCritical: boolean().notNull().default(false),
    /** A code, a test, a link to a new password: leaves also while sending is paused. */
    isSystem: boolean().notNull().default(false),
    sendAfter: timestamp({ withTimezone: true }),
    expiresAt: timestamp({ withTimezone: true }),
    /** Number of the current attempt; results are recorded only where it still matches. */
    attempt: integer().notNull().default(0),
    /** Attempts that count: those the provider answered about this message. */
    attemptsCounted: integer().notNull().default(0),
    /** The latest attempt's id at the provider; inbound: the message's own. */
    providerId: text(),
    segments: integer(),
    /** What the provider billed for all its attempts, as a positive amount; null: not known (yet). */
    price: numeric(),
    priceUnit: text(),
    /** The agent who wrote it. */
    authorUserId: uuid().references(() => users.id, { onDelete: "set null" }),
    apiKeyId: uuid(),
    notificationId: uuid(),
    /** In whose words it is; the shipped ones have an id too (lib/domain/templates/template-id). */
    templateId: uuid(),
    /** What filled them, where no notification keeps it. */
    templateData: jsonb().$type<Record<string, unknown>>(),
    idempotencyKey: text(),
    quotedMessageId: uuid(),
    /** The provider id of what is quoted, kept when we do not have that message. */
    quotedProviderId: text(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    /** Inbound: is it one of the conversation's inboundCount? Courtesy in a closed one is not. */
    counts: boolean(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    /** When the current wait for proof began. */
    unconfirmedAt: timestamp({ withTimezone: true }),
    /** When the current pause began; its expiry does not run meanwhile. */
    pausedAt: timestamp({ withTimezone: true }),
    sentAt: timestamp({ withTimezone: true }),
    deliveredAt: timestamp({ withTimezone: true }),
    readAt: timestamp({ withTimezone: true }),
    failedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("messages_thread_idx").on(t.conversationId, t.seq),
    index("messages_list_idx").on(t.workspaceId, t.createdAt.desc(), t.id.desc()),
    uniqueIndex("messages_inbound_idx")
      .on(t.accountId, t.providerId)
      .where(sql`${t.direction} = 'in'`),
    uniqueIndex("messages_idempotency_idx")
      .on(t.workspaceId, t.idempotencyKey)
      .where(sql`${t.idempotencyKey} is not null`),
    index("messages_claim_idx")
      .on(t.integrationId, t.lane, t.sendAfter)
      .where(sql`${t.status} in ('queued', 'scheduled')`),
    index("messages_system_idx")
      .on(t.integrationId, t.sendAfter)
      .where(sql`${t.status} in ('queued', 'scheduled') and ${t.isSystem}`),
    index("messages_blocking_idx")
      .on(t.conversationId, t.lane, t.seq)
      .where(sql`${t.direction} = 'out' and ${t.status} in ('queued', 'sending', 'unconfirmed')`),
    index("messages_pending_conversation_idx")
      .on(t.conversationId)
      .where(sql`${t.status} = 'scheduled'`),
    index("messages_paused_idx")
      .on(t.integrationId, t.statusReason, t.sendAfter)
      .where(sql`${t.status} = 'paused'`),
    index("messages_template_idx")
      .on(t.templateId, t.createdAt.desc())
      .where(sql`${t.templateId} is not null`),
    index("messages_unconfirmed_idx").on(t.unconfirmedAt).where(sql`${t.status} = 'unconfirmed'`),
  ],
);

/**
 * One try to hand a message to its provider. Provider ids live here. An accepted one is a line of the
 * message's timeline by itself. Workspace and account are the message's, whose references keep them:
 * references of its own would cost a look at both with every send.
 */
export const attempts = pgTable(
  "attempts",
  {
    workspaceId: keptWorkspaceColumn(),
    messageId: uuid()
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    accountId: uuid().notNull(),
    /** 1, 2, 3 …; equals messages.attempt while it is the current one. */
    number: integer().notNull(),
    startedAt: timestamp({ withTimezone: true }).notNull(),
    /** Database clock. An attempt without outcome after this is unconfirmed. */
    leaseUntil: timestamp({ withTimezone: true }).notNull(),
    finishedAt: timestamp({ withTimezone: true }),
    outcome: text({ enum: ATTEMPT_OUTCOMES }),
    /** The highest status the provider reported about this attempt, in our words. */
    status: text({ enum: MESSAGE_STATUSES }),
    /** What the carrier's clock said about `status` (minutes, its own zone); orders receipts only. */
    carrierAt: timestamp({ withTimezone: true }),
    providerId: text(),
    httpStatus: integer(),
    errorCode: text(),
    errorMessage: text(),
    /** Looks into the provider's list that were judged, or questions about a receipt that fails to come. */
    looks: integer().notNull().default(0),
    /** When to look next; null: not at all, or, of an unconfirmed one, at the usual first moment. */
    lookAt: timestamp({ withTimezone: true }),
    /** The month in whose spending it is counted, `2026-11`; null: not counted. */
    spentIn: text(),
    /** What it is expected to cost; null: there was no price. */
    estimate: numeric(),
    estimateUnit: text(),
    /** What the provider billed, as a positive amount. */
    price: numeric(),
    priceUnit: text(),
  },
  (t) => [
    primaryKey({ columns: [t.messageId, t.number] }),
    uniqueIndex("attempts_provider_idx")
      .on(t.accountId, t.providerId)
      .where(sql`${t.providerId} is not null`),
    index("attempts_open_idx").on(t.leaseUntil).where(sql`${t.outcome} is null`),
    index("attempts_look_idx").on(t.lookAt).where(sql`${t.lookAt} is not null`),
  ],
);

/** What else happened to a message, in order; every callback is kept. Its workspace is the message's. */
export const timeline = pgTable(
  "timeline",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: keptWorkspaceColumn(),
    messageId: uuid()
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    at: timestamp({ withTimezone: true }).notNull(),
    /** A machine word: `queued`, `callback`, `retry_planned`, `unconfirmed`, `canceled` … */
    event: text().notNull(),
    attempt: integer(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    actorUserId: uuid(),
  },
  (t) => [index("timeline_message_idx").on(t.messageId, t.id)],
);
