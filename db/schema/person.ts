import { index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { ADDRESS_KINDS, LOCALES } from "../../lib/domain/words";
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
