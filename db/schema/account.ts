import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { CHANNELS, PROVIDERS } from "../../lib/domain/words";
import { users } from "./user";
import { workspaceColumn } from "./workspace";

/** A provider account. Tokens are AES-256-GCM envelopes made by the `cipher` port. */
export const accounts = pgTable(
  "accounts",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    provider: text({ enum: PROVIDERS }).notNull(),
    /** The provider's own id of the account: Twilio's AC…; null where there is none. */
    sid: text(),
    tokenSealed: text(),
    /** Accepted beside the current one while a token is being rotated. */
    nextTokenSealed: text(),
    /** Resend: what its webhooks are signed with. */
    webhookSecretSealed: text(),
    /** Origin to call instead of the vendor's; null: the vendor's. */
    apiOrigin: text(),
    /** Made from the environment (TWILIO_ACCOUNT_SID …). */
    isSystem: boolean().notNull().default(false),
    /** Circuit breaker: nothing is sent before this moment. */
    breakerUntil: timestamp({ withTimezone: true }),
    /** Consecutive failures to reach the provider; the probe waits 1 s, doubling to 30 s. */
    breakerFailures: integer().notNull().default(0),
    /** Slots of the sliding window; halves on 429, grows by one per 20 answers. */
    sendWindow: integer().notNull().default(50),
    /** A configuration fault has stopped it (Sending 5): since when, and the provider's code. */
    stoppedAt: timestamp({ withTimezone: true }),
    stoppedCode: text(),
    /** When the last stop was lifted: what was tried before then stops nothing again. */
    resumedAt: timestamp({ withTimezone: true }),
    lastWebhookAt: timestamp({ withTimezone: true }),
    /** Up to here nothing that came in at the provider is missing; null: never compared. */
    recoveredUntil: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex("accounts_sid_idx").on(t.workspaceId, t.provider, t.sid),
    index("accounts_by_sid_idx").on(t.sid),
  ],
);

/** A sender of an account: a number, a WhatsApp sender, a from address, a Messaging Service. */
export const integrations = pgTable(
  "integrations",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    name: text().notNull(),
    type: text({ enum: CHANNELS }).notNull(),
    /** The account's sid again, so that (account SID, sender) can be unique over all workspaces. */
    accountSid: text(),
    /** E.164, short code, alphanumeric id, WhatsApp sender without its prefix, or from address. */
    sender: text().notNull(),
    /** E-mail: the name beside the from address; null: the workspace's. */
    fromName: text(),
    messagingServiceSid: text(),
    /** Segments a second; null: as fast as the provider takes. */
    pacePerSecond: real(),
    /** The pace's bucket (lib/domain/pace): segments in it, and when they were counted. */
    paceTokens: doublePrecision(),
    paceAt: timestamp({ withTimezone: true }),
    /** The doorbell's memory: the earliest moment for which a run has been asked. */
    wakeAt: timestamp({ withTimezone: true }),
    /** As the account's: a fault of this sender alone. */
    stoppedAt: timestamp({ withTimezone: true }),
    stoppedCode: text(),
    resumedAt: timestamp({ withTimezone: true }),
    isActive: boolean().notNull().default(true),
    isDefault: boolean().notNull().default(false),
    defaultCountry: text(),
    /** false: only the people of integration_viewers (and admins) see its conversations. */
    isVisibleToAll: boolean().notNull().default(true),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
    deletedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("integrations_sender_idx")
      .on(t.accountSid, t.type, t.sender)
      .where(sql`${t.deletedAt} is null`),
    index("integrations_service_idx").on(t.accountSid, t.messagingServiceSid),
    uniqueIndex("integrations_default_idx")
      .on(t.workspaceId, t.type)
      .where(sql`${t.isDefault} and ${t.deletedAt} is null`),
    index("integrations_account_idx").on(t.accountId),
  ],
);

export const integrationViewers = pgTable(
  "integration_viewers",
  {
    workspaceId: workspaceColumn(),
    integrationId: uuid()
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
  },
  (t) => [
    primaryKey({ columns: [t.integrationId, t.userId] }),
    index("integration_viewers_user_idx").on(t.workspaceId, t.userId),
  ],
);
