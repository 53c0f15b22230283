import { sql } from "drizzle-orm";
import {
  date,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  CANCEL_REASONS,
  EXPIRY_REASONS,
  REMINDER_STATUSES,
  SKIP_REASONS,
} from "../../lib/domain/reminders/words";
import type { Subject } from "../../lib/domain/subject";
import type { AddressKind } from "../../lib/domain/words";
import { notifications } from "./notification";
import { persons } from "./person";
import { workspaceColumn } from "./workspace";

/**
 * What business systems have said about a thing, as far as it makes other notifications pointless.
 * Whoever plans, cancels or tells of a subject holds its row: so nothing is planned beside a return.
 */
export const subjects = pgTable(
  "subjects",
  {
    workspaceId: workspaceColumn(),
    type: text().notNull(),
    id: text().notNull(),
    /** By the type of an event, when the latest of it happened (ISO 8601 UTC). */
    events: jsonb().$type<Record<string, string>>().notNull().default({}),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.type, t.id] })],
);

/** One time at which a plan reminds a person of a subject. */
export const reminders = pgTable(
  "reminders",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    personId: uuid()
      .notNull()
      .references(() => persons.id, { onDelete: "cascade" }),
    subjectType: text().notNull(),
    subjectId: text().notNull(),
    /** Type of the event that it is planned by, whose plan it is a step of. */
    plan: text().notNull(),
    /** Of the step. */
    key: text().notNull(),
    /** Notification type that it is told as. */
    type: text().notNull(),
    /** Of the occurrence, in the workspace's calendar. */
    date: date().notNull(),
    /** The hour that the plan gives it. */
    plannedFor: timestamp({ withTimezone: true }).notNull(),
    /** The hour at which it is sent: the plan's, or one that a person chose. */
    scheduledFor: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    expiresFor: text({ enum: EXPIRY_REASONS }).notNull(),
    status: text({ enum: REMINDER_STATUSES }).notNull(),
    /** Why it was not sent; null: it was, or it waits. */
    reason: text({ enum: [...SKIP_REASONS, ...EXPIRY_REASONS, ...CANCEL_REASONS] }),
    subject: jsonb().$type<Subject>().notNull(),
    /** What its template is filled with. */
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Where they asked to be reached about this subject; null: where they are reached as a rule. */
    toAddress: jsonb().$type<{ kind: AddressKind; value: string }>(),
    /** When the event happened that it is planned by: one that happened before changes nothing any more. */
    reportedAt: timestamp({ withTimezone: true }).notNull(),
    notificationId: uuid().references(() => notifications.id, { onDelete: "set null" }),
    /** When it was sent, skipped, expired or canceled. */
    settledAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex("reminders_occurrence_idx").on(
      t.workspaceId,
      t.subjectType,
      t.subjectId,
      t.personId,
      t.plan,
      t.key,
      t.date,
    ),
    index("reminders_due_idx").on(t.scheduledFor).where(sql`${t.status} = 'scheduled'`),
    index("reminders_list_idx").on(t.workspaceId, t.scheduledFor, t.id),
    index("reminders_person_idx").on(t.personId, t.scheduledFor),
  ],
);
