import { integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { UsageWindow } from "../../lib/domain/api-limits";
import { workspaceColumn } from "./workspace";

/** What systems asked for: of a workspace in a minute, for a person in an hour and in a day. */
export const apiUsage = pgTable(
  "api_usage",
  {
    workspaceId: workspaceColumn(),
    /** Of the workspace itself, or of a person. */
    ofId: uuid().notNull(),
    window: text().$type<UsageWindow>().notNull(),
    /** When its first item was taken. */
    since: timestamp({ withTimezone: true }).notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.ofId, t.window] })],
);
