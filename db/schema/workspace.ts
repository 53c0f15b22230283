import {
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { DEFAULT_API_LIMITS } from "../../lib/domain/api-limits";
import { DEFAULT_AGGREGATION_SECONDS } from "../../lib/domain/deciding/aggregation";
import { DEFAULT_FREQUENCY_LIMIT } from "../../lib/domain/deciding/high-frequency";
import type { WeeklyHours } from "../../lib/domain/deciding/weekly-hours";
import { DEFAULT_RETRIES } from "../../lib/domain/retry-delay";
import { LOCALES } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";

export const workspaces = pgTable("workspaces", {
  id: uuid().$type<WorkspaceId>().primaryKey(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  locale: text({ enum: LOCALES }).notNull().default("fr"),
  timeZone: text().notNull().default("Europe/Paris"),
  /** ISO 3166-1 alpha-2; how national numbers are read when the integration does not say. */
  defaultCountry: text().notNull().default("FR"),
  /** Messages a minute over all senders; null: as fast as they may. */
  pacePerMinute: integer(),
  /** The pace's bucket: messages in it, and when they were counted. */
  paceTokens: doublePrecision(),
  paceAt: timestamp({ withTimezone: true }),
  /** R204, R221: tries of a message that the provider refuses for now. */
  maxAttempts: integer().notNull().default(DEFAULT_RETRIES.maxAttempts),
  /** Seconds before the second try of a message of the normal lane; each further one waits twice as long. */
  retryDelaySeconds: integer().notNull().default(DEFAULT_RETRIES.delaySeconds),
  /** Alerts, transactional notifications and reminders reach users at verified addresses only. */
  demandsVerified: boolean().notNull().default(false),
  /** When notifications leave; empty: at any hour. */
  workingHours: jsonb().$type<WeeklyHours[]>().notNull().default([]),
  /** Seconds for which alerts of a type are gathered after the first. */
  aggregationSeconds: integer().notNull().default(DEFAULT_AGGREGATION_SECONDS),
  /** Somebody whom so many alerts reach within so many seconds is told of that, too. */
  watchesFrequency: boolean().notNull().default(true),
  frequencyAlerts: integer().notNull().default(DEFAULT_FREQUENCY_LIMIT.alerts),
  frequencySeconds: integer().notNull().default(DEFAULT_FREQUENCY_LIMIT.seconds),
  /** How much systems may ask for (lib/domain/api-limits); null: as much as they like. */
  apiPerMinute: integer().default(DEFAULT_API_LIMITS.perMinute),
  apiPerRecipientHour: integer().default(DEFAULT_API_LIMITS.perRecipientHour),
  apiPerRecipientDay: integer().default(DEFAULT_API_LIMITS.perRecipientDay),
  isDemo: boolean().notNull().default(false),
  createdAt: timestamp({ withTimezone: true }).notNull(),
});

/** Every tenant's column: in each table, first in each index. */
export function workspaceColumn() {
  return uuid()
    .$type<WorkspaceId>()
    .notNull()
    .references(() => workspaces.id, { onDelete: "cascade" });
}

/**
 * The same where another reference of the row keeps the workspace. A reference locks what it refers to:
 * one of its own, in a table that grows with every message, makes all who send share a lock on one row.
 */
export function keptWorkspaceColumn() {
  return uuid().$type<WorkspaceId>().notNull();
}
