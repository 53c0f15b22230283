import { date, integer, pgTable, primaryKey, timestamp, uuid } from "drizzle-orm/pg-core";
import { accounts } from "./account";
import { workspaceColumn } from "./workspace";

/** What a provider says went over an account on a day (UTC), and how much of that is here. */
export const trafficDays = pgTable(
  "traffic_days",
  {
    workspaceId: workspaceColumn(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    day: date().notNull(),
    receivedThere: integer().notNull(),
    receivedHere: integer().notNull(),
    sentThere: integer().notNull(),
    sentHere: integer().notNull(),
    comparedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.day] })],
);
