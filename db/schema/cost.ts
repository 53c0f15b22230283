import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { PRICED_CHANNELS } from "../../lib/domain/words";
import { accounts } from "./account";
import { keptWorkspaceColumn, workspaceColumn } from "./workspace";

/** The price table: what a message is expected to cost. */
export const prices = pgTable(
  "prices",
  {
    workspaceId: workspaceColumn(),
    channel: text({ enum: PRICED_CHANNELS }).notNull(),
    /** ISO 3166-1 alpha-2 of the recipient; null: every country without a row of its own. */
    country: text(),
    /** Of a segment (sms) or a message. */
    amount: numeric().notNull(),
    /** ISO 4217. */
    currency: text().notNull(),
  },
  (t) => [unique("prices_key").on(t.workspaceId, t.channel, t.country).nullsNotDistinct()],
);

/** What a workspace means to spend in a calendar month of its zone. */
export const budgets = pgTable("budgets", {
  workspaceId: workspaceColumn().primaryKey(),
  /** ISO 4217. Only what was spent in it counts. */
  currency: text().notNull(),
  softCap: numeric(),
  hardCap: numeric(),
  /** The hard cap is reached: the normal lane waits. Set and taken back by lib/costs/check-budget. */
  isUsedUp: boolean().notNull().default(false),
  /** When that was last found: what was due by then waits for the budget. */
  usedUpAt: timestamp({ withTimezone: true }),
  /** The month for which administrators have been told, `2026-11`. */
  toldSoft: text(),
  toldHard: text(),
  updatedAt: timestamp({ withTimezone: true }).notNull(),
});

/** `messages` counts each where its money is: in the one it was billed in, else in its estimate's, else in null. */
const amounts = {
  channel: text({ enum: PRICED_CHANNELS }).notNull(),
  country: text(),
  currency: text(),
  messages: integer().notNull(),
  unpriced: integer().notNull(),
  billed: numeric().notNull(),
  estimated: numeric().notNull(),
  billedElsewhere: numeric().notNull(),
};

/** What was spent, a row a month, channel, country and currency: a month is read from a few rows. */
export const spending = pgTable(
  "spending",
  {
    workspaceId: workspaceColumn(),
    /** `2026-11`, in the workspace's zone. */
    month: text().notNull(),
    ...amounts,
  },
  (t) => [
    unique("spending_key")
      .on(t.workspaceId, t.month, t.channel, t.country, t.currency)
      .nullsNotDistinct(),
  ],
);

/**
 * What has been added to `spending` since the minute's roll-up: a few rows for each batch of sends that
 * is recorded, written in its statement, so that no money is lost and no two sends wait for one row.
 * Without references, which would cost a look with every batch.
 */
export const spendingDeltas = pgTable(
  "spending_deltas",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: keptWorkspaceColumn(),
    month: text().notNull(),
    ...amounts,
    /** Whose list will tell the real prices; null: of a correction. */
    accountId: uuid(),
    /** The UTC day of these sends, `2026-11-30`, which that list is asked for. */
    day: text(),
  },
  (t) => [index("spending_deltas_month_idx").on(t.workspaceId, t.month)],
);

/** A UTC day whose messages' real prices are still to be had from the provider's list. */
export const priceDays = pgTable(
  "price_days",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    workspaceId: workspaceColumn(),
    /** `2026-11-30`. */
    day: text().notNull(),
    /** How often its list was read to the end. */
    asks: integer().notNull().default(0),
    /** When it is asked for; null: not any more. */
    askAt: timestamp({ withTimezone: true }),
    /** Where a run that was interrupted goes on; null: at the beginning. */
    nextPage: text(),
    /** Messages without a price on the pages read so far. */
    missing: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.day] }),
    index("price_days_due_idx").on(t.askAt).where(sql`${t.askAt} is not null`),
  ],
);
