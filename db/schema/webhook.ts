import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  WEBHOOK_DISABLED_REASONS,
  WEBHOOK_STATUSES,
  type WebhookAttempt,
} from "../../lib/domain/webhooks/delivery";
import type { WebhookEvent, WebhookType } from "../../lib/domain/webhooks/events";
import { workspaceColumn } from "./workspace";

/** Where another system wants to be told what happens. */
export const webhookEndpoints = pgTable(
  "webhook_endpoints",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    url: text().notNull(),
    description: text().notNull().default(""),
    /** Empty: all of them, those of later versions too. */
    events: text().array().$type<WebhookEvent[]>().notNull(),
    isActive: boolean().notNull().default(true),
    disabledAt: timestamp({ withTimezone: true }),
    disabledReason: text({ enum: WEBHOOK_DISABLED_REASONS }),
    /** The first failure since the last success; null: the last attempt succeeded, or there was none. */
    failingSince: timestamp({ withTimezone: true }),
    /** `whsec_…`, sealed. */
    secretSealed: text().notNull(),
    /** The one before, which signs beside it until `previousUntil`. */
    previousSecretSealed: text(),
    previousUntil: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  // Every change of a message looks here once: a workspace without endpoints pays one look.
  (t) => [index("webhook_endpoints_workspace_idx").on(t.workspaceId)],
);

/**
 * An event that is owed to an endpoint, written in the statement that made it happen. Its id is its
 * `webhook-id`, the same for every attempt and replay.
 */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    endpointId: uuid()
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: "cascade" }),
    type: text().$type<WebhookType>().notNull(),
    /** Of a message's status: its id, attempt and status, told to an endpoint once. null: of another event. */
    eventKey: text(),
    occurredAt: timestamp({ withTimezone: true }).notNull(),
    /** `data` of the body, as it was when it happened. */
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    status: text({ enum: WEBHOOK_STATUSES }).notNull().default("owed"),
    /** Attempts begun since it was first owed, or replayed. */
    attempt: integer().notNull().default(0),
    /** What came of them, the latest last; at most the last twenty. */
    attempts: jsonb().$type<WebhookAttempt[]>().notNull().default([]),
    nextAttemptAt: timestamp({ withTimezone: true }).notNull(),
    deliveredAt: timestamp({ withTimezone: true }),
    /** Whoever makes the attempt under way; only they record its end. */
    leaseId: uuid(),
    /** Database clock. After this another may try. */
    leaseUntil: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("webhook_deliveries_once_idx")
      .on(t.endpointId, t.eventKey)
      .where(sql`${t.eventKey} is not null`),
    index("webhook_deliveries_due_idx")
      .on(t.endpointId, t.nextAttemptAt)
      .where(sql`${t.status} = 'owed'`),
    index("webhook_deliveries_leased_idx").on(t.endpointId).where(sql`${t.leaseId} is not null`),
    index("webhook_deliveries_list_idx").on(t.endpointId, t.occurredAt.desc(), t.id.desc()),
    index("webhook_deliveries_workspace_idx").on(t.workspaceId),
    index("webhook_deliveries_age_idx").on(t.occurredAt),
  ],
);
