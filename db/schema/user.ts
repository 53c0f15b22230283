import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { LOCALES, ROLES, THEMES, TOKEN_KINDS } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { persons } from "./person";
import { workspaceColumn, workspaces } from "./workspace";

/** Somebody who signs in. What belongs to one workspace (role, phone number) is on the membership. */
export const users = pgTable("users", {
  id: uuid().primaryKey(),
  /** Lower case. */
  email: text().notNull().unique(),
  name: text().notNull(),
  /** argon2id; null until the person has chosen a password. */
  passwordHash: text(),
  locale: text({ enum: LOCALES }).notNull().default("fr"),
  theme: text({ enum: THEMES }).notNull().default("system"),
  timeZone: text(),
  createdAt: timestamp({ withTimezone: true }).notNull(),
});

export const memberships = pgTable(
  "memberships",
  {
    workspaceId: workspaceColumn(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text({ enum: ROLES }).notNull(),
    /** The same human as a person with addresses, so that a colleague who texts in is recognised. */
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    isActive: boolean().notNull().default(true),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.userId] }),
    index("memberships_user_idx").on(t.userId),
    uniqueIndex("memberships_person_idx").on(t.personId),
  ],
);

/** A signed-in browser. The cookie holds only this id; deleting the row signs it out at once. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The workspace on the screen; null when the user belongs to none. */
    workspaceId: uuid()
      .$type<WorkspaceId>()
      .references(() => workspaces.id, { onDelete: "set null" }),
    userAgent: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    lastSeenAt: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [index("sessions_user_idx").on(t.userId)],
);

export const invitations = pgTable(
  "invitations",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    email: text().notNull(),
    name: text(),
    role: text({ enum: ROLES }).notNull(),
    /** SHA-256 of the token in the link, hex. */
    tokenHash: text().notNull().unique(),
    invitedByUserId: uuid().references(() => users.id, { onDelete: "set null" }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    acceptedAt: timestamp({ withTimezone: true }),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("invitations_open_idx")
      .on(t.workspaceId, t.email)
      .where(sql`${t.acceptedAt} is null and ${t.revokedAt} is null`),
  ],
);

/** Single-use links: the first owner's set-up, a forgotten password. */
export const oneTimeTokens = pgTable("one_time_tokens", {
  id: uuid().primaryKey(),
  kind: text({ enum: TOKEN_KINDS }).notNull(),
  userId: uuid().references(() => users.id, { onDelete: "cascade" }),
  tokenHash: text().notNull().unique(),
  createdAt: timestamp({ withTimezone: true }).notNull(),
  expiresAt: timestamp({ withTimezone: true }).notNull(),
  usedAt: timestamp({ withTimezone: true }),
});
