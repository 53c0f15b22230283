import { pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { PAUSE_SCOPES } from "../../lib/domain/words";
import { workspaceColumn } from "./workspace";

/**
 * What somebody has switched off: all sending of a workspace, or a channel of it. While the row is there
 * nothing of it is claimed but system messages; what waits stays `queued`.
 */
export const sendingPauses = pgTable(
  "sending_pauses",
  {
    workspaceId: workspaceColumn(),
    scope: text({ enum: PAUSE_SCOPES }).notNull(),
    since: timestamp({ withTimezone: true }).notNull(),
    byUserId: uuid(),
    byApiKeyId: uuid(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.scope] })],
);
