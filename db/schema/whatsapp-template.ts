import { jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { TEMPLATE_STATUSES, type TemplateVariable } from "../../lib/domain/whatsapp-template";
import { accounts } from "./account";
import { workspaceColumn } from "./workspace";

/** What an account may send outside WhatsApp's 24 h: a copy of the provider's list. */
export const whatsappTemplates = pgTable(
  "whatsapp_templates",
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceColumn(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** Twilio's HX…. */
    contentSid: text().notNull(),
    name: text().notNull(),
    /** As WhatsApp writes it: `fr`, `en_US`. */
    language: text().notNull(),
    body: text().notNull(),
    variables: jsonb().$type<TemplateVariable[]>().notNull(),
    /** marketing | utility | authentication; null: not said. */
    category: text(),
    status: text({ enum: TEMPLATE_STATUSES }).notNull(),
    rejectionReason: text(),
    syncedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [uniqueIndex("whatsapp_templates_sid_idx").on(t.accountId, t.contentSid)],
);
