import { boolean, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { NOTIFICATION_CHANNELS, SEVERITIES } from "../../lib/domain/deciding/words";
import { TYPE_KINDS } from "../../lib/domain/notification-types/notification-type";
import type { PlanStep } from "../../lib/domain/reminders/own-plan";
import type { ReplyCode } from "../../lib/domain/reply-codes/reply-code";
import type { Variable } from "../../lib/domain/templates/variables";
import type { Locale } from "../../lib/domain/words";
import { workspaceColumn } from "./workspace";

/**
 * What a workspace says about notification types: a ready one that it changed, or one of its own
 * (lib/domain/notification-types/registry). A ready one without a row holds as it ships.
 */
export const notificationTypes = pgTable(
  "notification_types",
  {
    workspaceId: workspaceColumn(),
    key: text().notNull(),
    kind: text({ enum: TYPE_KINDS }).notNull(),
    category: text().notNull(),
    severity: text({ enum: SEVERITIES }).notNull(),
    channels: text({ enum: NOTIFICATION_CHANNELS }).array().notNull(),
    isTimeSensitive: boolean().notNull(),
    isActive: boolean().notNull(),
    names: jsonb().$type<Record<Locale, string>>().notNull(),
    variables: jsonb().$type<Variable[]>().notNull(),
    replyCodes: jsonb().$type<ReplyCode[]>().notNull(),
    canceledBy: text().array().notNull(),
    /** Of one of the workspace's own: the reminders that its events plan. */
    reminderPlan: jsonb().$type<PlanStep[]>().notNull().default([]),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key] })],
);
