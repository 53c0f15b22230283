import { sql } from "drizzle-orm";
import { index, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { CHANNELS, TASK_KINDS, TASK_RESOLUTIONS } from "../../lib/domain/words";
import { integrations } from "./account";
import { persons } from "./person";
import { users } from "./user";
import { workspaceColumn } from "./workspace";

/**
 * Work for people. A bad number is one task for each address and channel, however many messages wait
 * for it: they are `paused` with the reason `bad_number`.
 */
export const tasks = pgTable(
  "tasks",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    kind: text({ enum: TASK_KINDS }).notNull(),
    personId: uuid()
      .notNull()
      .references(() => persons.id, { onDelete: "cascade" }),
    /** The sender on which it showed: who may see that, sees the task. */
    integrationId: uuid()
      .notNull()
      .references(() => integrations.id),
    channel: text({ enum: CHANNELS }).notNull(),
    address: text().notNull(),
    /** The provider's code that says why. */
    errorCode: text().notNull(),
    openedAt: timestamp({ withTimezone: true }).notNull(),
    closedAt: timestamp({ withTimezone: true }),
    closedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    resolution: text({ enum: TASK_RESOLUTIONS }),
  },
  (t) => [
    uniqueIndex("tasks_open_idx")
      .on(t.workspaceId, t.channel, t.address)
      .where(sql`${t.closedAt} is null`),
    index("tasks_person_idx").on(t.personId),
  ],
);
