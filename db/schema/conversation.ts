import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { CONVERSATION_STATES, PRIORITIES } from "../../lib/domain/words";
import { integrations } from "./account";
import { persons } from "./person";
import { users } from "./user";
import { workspaceColumn } from "./workspace";

/** Exactly one per person and integration. */
export const conversations = pgTable(
  "conversations",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    integrationId: uuid()
      .notNull()
      .references(() => integrations.id),
    /** Where this person is written to on this sender: the address last used. */
    address: text().notNull(),
    state: text({ enum: CONVERSATION_STATES }).notNull(),
    priority: text({ enum: PRIORITIES }).notNull().default("normal"),
    assigneeId: uuid().references(() => users.id, { onDelete: "set null" }),
    snoozedUntil: timestamp({ withTimezone: true }),
    /** false while only automatic messages are in it: then no inbox view shows it. */
    isListed: boolean().notNull().default(true),
    /** Rises with every change of the row or of a message in it; what live updates compare. */
    revision: integer().notNull().default(1),
    /** The last seq given out; the next message takes lastSeq + 1. */
    lastSeq: integer().notNull().default(0),
    /** Inbound messages that count as unread; an agent's unread is this minus their read row's. */
    inboundCount: integer().notNull().default(0),
    lastMessageId: uuid(),
    lastActivityAt: timestamp({ withTimezone: true }).notNull(),
    lastInboundAt: timestamp({ withTimezone: true }),
    /** Since when the person waits for an answer; null when nobody does. */
    waitingSince: timestamp({ withTimezone: true }),
    /** Why the last inbound message changed (or did not change) the state: the rule and its words. */
    stateReason: jsonb().$type<{ rule: string; words?: string } | null>(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex("conversations_person_idx").on(t.personId, t.integrationId),
    index("conversations_all_idx")
      .on(t.workspaceId, t.lastActivityAt.desc(), t.id.desc())
      .where(sql`${t.isListed} and ${t.state} in ('open', 'pending')`),
    index("conversations_unassigned_idx")
      .on(t.workspaceId, t.lastActivityAt.desc(), t.id.desc())
      .where(sql`${t.isListed} and ${t.state} in ('open', 'pending') and ${t.assigneeId} is null`),
    index("conversations_mine_idx")
      .on(t.workspaceId, t.assigneeId, t.lastActivityAt.desc(), t.id.desc())
      .where(
        sql`${t.isListed} and ${t.state} in ('open', 'pending') and ${t.assigneeId} is not null`,
      ),
    index("conversations_resolved_idx")
      .on(t.workspaceId, t.lastActivityAt.desc(), t.id.desc())
      .where(sql`${t.isListed} and ${t.state} = 'resolved'`),
    index("conversations_snoozed_idx").on(t.snoozedUntil).where(sql`${t.state} = 'snoozed'`),
    index("conversations_integration_idx").on(
      t.workspaceId,
      t.integrationId,
      t.lastActivityAt.desc(),
      t.id.desc(),
    ),
  ],
);

/** How far each agent has read. No row: nothing read since the agent joined. */
export const conversationReads = pgTable(
  "conversation_reads",
  {
    workspaceId: workspaceColumn(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    lastReadSeq: integer().notNull().default(0),
    /** conversations.inboundCount as it was then. */
    readInboundCount: integer().notNull().default(0),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.userId] })],
);

export const labels = pgTable(
  "labels",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    name: text().notNull(),
    /** A token of the palette in globals.css, such as `teal`. */
    color: text().notNull().default("slate"),
  },
  (t) => [uniqueIndex("labels_name_idx").on(t.workspaceId, t.name)],
);

export const conversationLabels = pgTable(
  "conversation_labels",
  {
    workspaceId: workspaceColumn(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    labelId: uuid()
      .notNull()
      .references(() => labels.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.labelId] })],
);

/** What was done to a conversation (assigned, resolved …): data, rendered in the reader's language. */
export const activities = pgTable(
  "activities",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: workspaceColumn(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    kind: text({
      enum: [
        "assigned",
        "unassigned",
        "resolved",
        "reopened",
        "blocked",
        "unblocked",
        "opted_out",
        "opted_in",
        "priority",
        "answered",
      ],
    }).notNull(),
    actorUserId: uuid(),
    data: jsonb().$type<Record<string, string | null>>().notNull().default({}),
    /** The conversation's lastSeq at that moment: where the line stands in the thread. */
    afterSeq: integer().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [index("activities_thread_idx").on(t.conversationId, t.afterSeq)],
);
