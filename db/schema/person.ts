import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { ADDRESS_KINDS, CLAIM_KINDS, LOCALES } from "../../lib/domain/words";
import { workspaceColumn } from "./workspace";

/** Somebody with addresses: a contact outside, or a user (then a membership points here). */
export const persons = pgTable(
  "persons",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    /** null: shown by the formatted number. */
    name: text(),
    company: text(),
    notes: text(),
    locale: text({ enum: LOCALES }),
    timeZone: text(),
    /** What WhatsApp says the person is called; theirs to choose, so never taken as the name. */
    profileName: text(),
    attributes: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** Name, company and addresses, folded by `foldForSearch`; searched by trigram. */
    searchText: text().notNull().default(""),
    blockedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    index("persons_list_idx").on(t.workspaceId, t.createdAt.desc(), t.id.desc()),
    index("persons_search_idx").using("gin", t.searchText.op("gin_trgm_ops")),
  ],
);

export const addresses = pgTable(
  "addresses",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    personId: uuid()
      .notNull()
      .references(() => persons.id, { onDelete: "cascade" }),
    kind: text({ enum: ADDRESS_KINDS }).notNull(),
    /** E.164, WhatsApp id or lower-case e-mail. */
    value: text().notNull(),
    /** As it was typed or received. */
    raw: text().notNull(),
    /** ISO 3166-1 alpha-2 of a phone number, when known. */
    country: text(),
    verifiedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex("addresses_value_idx").on(t.workspaceId, t.kind, t.value),
    index("addresses_person_idx").on(t.personId),
  ],
);

/** The code by which somebody shows that they read what comes to an address; a new one replaces it. */
export const addressCodes = pgTable("address_codes", {
  addressId: uuid()
    .primaryKey()
    .references(() => addresses.id, { onDelete: "cascade" }),
  workspaceId: workspaceColumn(),
  /** HMAC of address and code by the key of links: six digits alone would be guessed from a hash. */
  codeHash: text().notNull(),
  /** Wrong codes that may still be entered. */
  triesLeft: integer().notNull(),
  expiresAt: timestamp({ withTimezone: true }).notNull(),
});

/**
 * A number that somebody says is theirs, as a phone or for WhatsApp, until they show it by the code that was sent there. It is
 * nobody's address meanwhile: nothing is sent to it, and who writes from it is not taken for them.
 */
export const phoneClaims = pgTable(
  "phone_claims",
  {
    personId: uuid()
      .notNull()
      .references(() => persons.id, { onDelete: "cascade" }),
    kind: text({ enum: CLAIM_KINDS }).notNull(),
    workspaceId: workspaceColumn(),
    /** E.164. */
    value: text().notNull(),
    raw: text().notNull(),
    country: text(),
    /** As of `addressCodes`, by person, kind and number. */
    codeHash: text().notNull(),
    triesLeft: integer().notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.kind] })],
);

/**
 * The key of a person's preference link. The link is made of the row, so that every message carries the
 * same one; it is found by its hash.
 */
export const preferenceLinks = pgTable("preference_links", {
  personId: uuid()
    .primaryKey()
    .references(() => persons.id, { onDelete: "cascade" }),
  workspaceId: workspaceColumn(),
  /** Part of what the token is made of: another one makes the links of before worthless. */
  version: integer().notNull(),
  /** SHA-256 of the token, hex. */
  tokenHash: text().notNull().unique(),
  /** Moved on by each message that carries the link. */
  expiresAt: timestamp({ withTimezone: true }).notNull(),
});
