import { sql } from "drizzle-orm";
import {
  boolean,
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
import type { ApprovedContent } from "../../lib/domain/templates/template";
import type { Variable } from "../../lib/domain/templates/variables";
import { CHANNELS, LOCALES } from "../../lib/domain/words";
import { workspaceColumn } from "./workspace";

/** What a template says, in its newest form and in each that was saved. */
const words = {
  name: text().notNull(),
  /** E-mail: text. */
  subject: text(),
  /** HTML in an e-mail, else text. */
  body: text().notNull(),
  isActive: boolean().notNull(),
  /** Of a custom one its own; of a workspace's own type the type's as they are now; else none. */
  variables: jsonb().$type<Variable[]>().notNull().default([]),
  /** WhatsApp: by integration, what stands in for `body` outside the 24 h. */
  approved: jsonb().$type<Record<string, ApprovedContent>>().notNull().default({}),
};

/**
 * A workspace's own words, in the place of the shipped ones of its event, channel and language while it
 * is active. Where there is no row, the shipped words hold (lib/domain/templates/template-id).
 */
export const templates = pgTable(
  "templates",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    channel: text({ enum: CHANNELS }).notNull(),
    /** Key of the notification type, or `custom`. */
    event: text().notNull(),
    locale: text({ enum: LOCALES }).notNull(),
    ...words,
    /** 1, 2, 3 …: who saves names the one that they have seen. */
    version: integer().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
    updatedByUserId: uuid(),
  },
  (t) => [
    uniqueIndex("templates_event_idx")
      .on(t.workspaceId, t.event, t.channel, t.locale)
      .where(sql`${t.event} <> 'custom'`),
    uniqueIndex("templates_name_idx")
      .on(t.workspaceId, sql`lower(${t.name})`, t.channel, t.locale)
      .where(sql`${t.event} = 'custom'`),
  ],
);

/** Everything that was ever saved, and by whom. */
export const templateVersions = pgTable(
  "template_versions",
  {
    workspaceId: workspaceColumn(),
    templateId: uuid()
      .notNull()
      .references(() => templates.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    ...words,
    savedAt: timestamp({ withTimezone: true }).notNull(),
    userId: uuid(),
    apiKeyId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.templateId, t.version] }),
    index("template_versions_list_idx").on(t.workspaceId, t.templateId, t.version.desc()),
  ],
);
