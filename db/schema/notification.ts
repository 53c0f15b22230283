import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Decision } from "../../lib/domain/deciding/decide";
import type { Choices } from "../../lib/domain/deciding/preferences";
import {
  FATES,
  NOTIFICATION_CHANNELS,
  NOTIFICATION_KINDS,
  SEVERITIES,
} from "../../lib/domain/deciding/words";
import type { OfferedList } from "../../lib/domain/reply-codes/judge-reply";
import { REPLY_ACTIONS, type ReplyCode } from "../../lib/domain/reply-codes/reply-code";
import type { Subject } from "../../lib/domain/subject";
import type { AddressKind } from "../../lib/domain/words";
import { conversations } from "./conversation";
import { persons } from "./person";
import { keptWorkspaceColumn, workspaceColumn } from "./workspace";

/**
 * How a person wants to be reached; made when it is first asked for. Whoever decides about a person's
 * notifications holds this row: so no two count the same free place of their hour.
 */
export const preferences = pgTable("preferences", {
  personId: uuid()
    .primaryKey()
    .references(() => persons.id, { onDelete: "cascade" }),
  workspaceId: workspaceColumn(),
  /** null: nothing chosen yet, and the defaults hold. */
  choices: jsonb().$type<Choices>(),
  mutedUntil: timestamp({ withTimezone: true }),
  updatedAt: timestamp({ withTimezone: true }).notNull(),
});

/** The intent to tell one person something. What becomes of it on each channel are its deliveries. */
export const notifications = pgTable(
  "notifications",
  {
    id: uuid().primaryKey(),
    workspaceId: keptWorkspaceColumn(),
    personId: uuid()
      .notNull()
      .references(() => persons.id, { onDelete: "cascade" }),
    kind: text({ enum: NOTIFICATION_KINDS }).notNull(),
    /** Key of the notification type, such as `security.anomaly`. */
    type: text().notNull(),
    category: text().notNull(),
    severity: text({ enum: SEVERITIES }).notNull(),
    title: text().notNull(),
    body: text().notNull(),
    /** What the notification is about, for its link and its context in the inbox. */
    subject: jsonb().$type<Subject>(),
    /** Where they asked to be reached this time; null: where they are reached as a rule. */
    toAddress: jsonb().$type<{ kind: AddressKind; value: string }>(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** Its words are those of the type's template, filled with `data`; else title and body. */
    hasTemplate: boolean().notNull(),
    isTimeSensitive: boolean().notNull(),
    sendsImmediately: boolean().notNull(),
    expiresAt: timestamp({ withTimezone: true }),
    /** What its recipient may answer, as it was when it was raised; null: nothing. */
    replyCodes: jsonb().$type<readonly ReplyCode[]>(),
    /** When a reply code answered it, with what, and by which message. */
    answeredAt: timestamp({ withTimezone: true }),
    answerAction: text({ enum: REPLY_ACTIONS }),
    answerMessageId: uuid(),
    /** It left at once while none of its type was being gathered: the next ones are, for a while. */
    opensWindow: boolean().notNull(),
    /** When it left by a channel of messages, alone; null: not yet, or in a digest. Counts in the hour. */
    leftAt: timestamp({ withTimezone: true }),
    /** In the bell. */
    readAt: timestamp({ withTimezone: true }),
    authorUserId: uuid(),
    apiKeyId: uuid(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    index("notifications_list_idx").on(t.workspaceId, t.createdAt.desc(), t.id.desc()),
    index("notifications_person_idx").on(t.personId, t.createdAt.desc(), t.id.desc()),
    index("notifications_subject_idx")
      .on(t.workspaceId, sql`(${t.subject} ->> 'type')`, sql`(${t.subject} ->> 'id')`)
      .where(sql`${t.subject} is not null`),
    index("notifications_unread_idx").on(t.personId).where(sql`${t.readAt} is null`),
    index("notifications_left_idx").on(t.personId, t.leftAt).where(sql`${t.leftAt} is not null`),
    index("notifications_window_idx")
      .on(t.personId, t.type, t.createdAt.desc())
      .where(sql`${t.opensWindow}`),
    index("notifications_answerable_idx")
      .on(t.personId, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.replyCodes} is not null and ${t.answeredAt} is null`),
  ],
);

/** The last numbered list that a conversation's person was offered, since a code fitted several. */
export const offeredLists = pgTable("offered_lists", {
  conversationId: uuid()
    .primaryKey()
    .references(() => conversations.id, { onDelete: "cascade" }),
  workspaceId: workspaceColumn(),
  offeredAt: timestamp({ withTimezone: true }).notNull(),
  /** The first is number 1. */
  choices: jsonb().$type<OfferedList["choices"]>().notNull(),
});

/** Notifications that leave together: of one type, those of some hours, those beyond the cap. */
export const digests = pgTable(
  "digests",
  {
    id: uuid().primaryKey(),
    workspaceId: keptWorkspaceColumn(),
    personId: uuid()
      .notNull()
      .references(() => persons.id, { onDelete: "cascade" }),
    /** What is gathered in it (lib/domain/deciding/digest-key). */
    key: text().notNull(),
    openedAt: timestamp({ withTimezone: true }).notNull(),
    closedAt: timestamp({ withTimezone: true }),
    /** When its summary left; counts in the hour, as one. */
    leftAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("digests_open_idx").on(t.personId, t.key).where(sql`${t.closedAt} is null`),
    index("digests_left_idx").on(t.personId, t.leftAt).where(sql`${t.leftAt} is not null`),
  ],
);

/** What was decided about a delivery, and when. */
export type DeliveryDecision = Omit<Decision, "reason" | "releaseAt"> & {
  readonly at: string;
  readonly reason: string;
  readonly releaseAt: string | null;
  /** Somebody had it decided again, since what became of it before (this message; null: none) was no good. */
  readonly resent?: { readonly messageId: string | null; readonly userId: string | null };
};

/** A notification on a channel, with its fate. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: uuid().primaryKey(),
    workspaceId: keptWorkspaceColumn(),
    notificationId: uuid()
      .notNull()
      .references(() => notifications.id, { onDelete: "cascade" }),
    personId: uuid().notNull(),
    channel: text({ enum: NOTIFICATION_CHANNELS }).notNull(),
    fate: text({ enum: FATES }).notNull(),
    /** Machine word for why: a gate's reason, or that of the outbox where that refused it. */
    reason: text().notNull(),
    /** When the gates are asked again; null: never. */
    releaseAt: timestamp({ withTimezone: true }),
    digestId: uuid().references(() => digests.id),
    /** Several deliveries of a digest share its message. */
    messageId: uuid(),
    /** Every decision about it in order; the last is the one that holds. */
    decisions: jsonb().$type<DeliveryDecision[]>().notNull(),
    decidedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex("deliveries_channel_idx").on(t.notificationId, t.channel),
    index("deliveries_due_idx").on(t.releaseAt).where(sql`${t.releaseAt} is not null`),
    index("deliveries_kept_idx").on(t.personId).where(sql`${t.releaseAt} is not null`),
    index("deliveries_message_idx").on(t.messageId).where(sql`${t.messageId} is not null`),
  ],
);
