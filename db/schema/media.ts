import { sql } from "drizzle-orm";
import { customType, index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { DIRECTIONS, MEDIA_STATUSES } from "../../lib/domain/words";
import { messages } from "./message";
import { workspaceColumn } from "./workspace";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Bytes kept in the database, apart from `media` so that lists never touch them. */
export const blobs = pgTable("blobs", {
  id: uuid().primaryKey(),
  workspaceId: workspaceColumn(),
  bytes: bytea().notNull(),
  /** Bytes. */
  size: integer().notNull(),
  contentType: text().notNull(),
  sha256: text().notNull(),
  createdAt: timestamp({ withTimezone: true }).notNull(),
});

/** A file of a message. Inbound ones start `owed` and are fetched after the commit. */
export const media = pgTable(
  "media",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    /** null: uploaded, not sent yet. */
    messageId: uuid().references(() => messages.id, { onDelete: "cascade" }),
    direction: text({ enum: DIRECTIONS }).notNull(),
    position: integer().notNull().default(0),
    status: text({ enum: MEDIA_STATUSES }).notNull(),
    /** Where the provider keeps it, or the customer's URL it was sent from. */
    sourceUrl: text(),
    contentType: text(),
    fileName: text(),
    size: integer(),
    width: integer(),
    height: integer(),
    blobId: uuid().references(() => blobs.id, { onDelete: "set null" }),
    fetchAttempts: integer().notNull().default(0),
    fetchAfter: timestamp({ withTimezone: true }),
    error: text(),
    uploadedByUserId: uuid(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    index("media_message_idx").on(t.messageId, t.position),
    // Deleting bytes looks for the rows that point at them.
    index("media_blob_idx").on(t.blobId).where(sql`${t.blobId} is not null`),
    index("media_owed_idx").on(t.fetchAfter).where(sql`${t.status} = 'owed'`),
  ],
);
