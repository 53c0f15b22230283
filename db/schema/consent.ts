import { bigserial, index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { CHANNELS, CONSENT_SOURCES, CONSENT_STATES } from "../../lib/domain/words";
import { integrations } from "./account";
import { persons } from "./person";
import { workspaceColumn } from "./workspace";

/**
 * The consent ledger: append-only, per person, sender and channel. The last row (by id) decides;
 * no row means no objection.
 */
export const consents = pgTable(
  "consents",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: workspaceColumn(),
    personId: uuid()
      .notNull()
      .references(() => persons.id, { onDelete: "cascade" }),
    integrationId: uuid()
      .notNull()
      .references(() => integrations.id),
    channel: text({ enum: CHANNELS }).notNull(),
    /** The address it was said from. */
    address: text().notNull(),
    state: text({ enum: CONSENT_STATES }).notNull(),
    source: text({ enum: CONSENT_SOURCES }).notNull(),
    /** The words as received, or the agent's reason. */
    words: text(),
    messageId: uuid(),
    actorUserId: uuid(),
    apiKeyId: uuid(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    // Persons are of one workspace; they come first, since their consents go with them.
    index("consents_last_idx").on(t.personId, t.integrationId, t.channel, t.id.desc()),
    index("consents_export_idx").on(t.workspaceId, t.id),
  ],
);
