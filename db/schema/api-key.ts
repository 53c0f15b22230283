import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { type ApiScope, ROLES } from "../../lib/domain/words";
import { workspaceColumn } from "./workspace";

export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    name: text().notNull(),
    role: text({ enum: ROLES }).notNull(),
    /** null: everything the role may do. */
    scopes: text().array().$type<ApiScope[]>(),
    /** First characters, shown in the list so that keys can be told apart. */
    prefix: text().notNull(),
    /** SHA-256 of the whole key, hex. */
    keyHash: text().notNull().unique(),
    createdByUserId: uuid(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    lastUsedAt: timestamp({ withTimezone: true }),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (t) => [index("api_keys_workspace_idx").on(t.workspaceId)],
);

/** First answers, kept 24 h per workspace and route. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    workspaceId: workspaceColumn(),
    route: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of the canonical payload, hex. */
    payloadHash: text().notNull(),
    /** null while the first request is still running. */
    responseStatus: integer(),
    responseBody: jsonb(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    /** A running first request that died frees the key after this. */
    lockedUntil: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.route, t.key] }),
    index("idempotency_keys_age_idx").on(t.createdAt),
  ],
);
