import { sql } from "drizzle-orm";
import {
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { workspaceColumn } from "./workspace";

/** Every administrative change: who, what, on which row. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: workspaceColumn(),
    at: timestamp({ withTimezone: true }).notNull(),
    actorUserId: uuid(),
    apiKeyId: uuid(),
    /** Such as `integration.updated`, `user.role_changed`. */
    action: text().notNull(),
    targetType: text().notNull(),
    targetId: text().notNull(),
    /** What changed; never a secret. */
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index("audit_log_list_idx").on(t.workspaceId, t.at.desc(), t.id.desc())],
);

/** Something an administrator must mend; one open row per kind and target, raised at most hourly. */
export const adminAlerts = pgTable(
  "admin_alerts",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    /** Such as `configuration_fault`. */
    kind: text().notNull(),
    /** What it is about: an integration's or account's id. */
    targetId: text().notNull(),
    errorCode: text(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    count: integer().notNull().default(1),
    firstAt: timestamp({ withTimezone: true }).notNull(),
    lastAt: timestamp({ withTimezone: true }).notNull(),
    raisedAt: timestamp({ withTimezone: true }).notNull(),
    resolvedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("admin_alerts_open_idx")
      .on(t.workspaceId, t.kind, t.targetId, t.errorCode)
      .where(sql`${t.resolvedAt} is null`),
  ],
);
