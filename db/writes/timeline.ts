import type { Actor } from "../../lib/domain/viewer";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { insertInto } from "../insert-rows";
import { timeline } from "../schema";

export type TimelineEntry = {
  workspaceId: WorkspaceId;
  messageId: string;
  at: Date;
  /** A machine word, such as `queued`. */
  event: string;
  attempt?: number | null;
  data?: Record<string, unknown>;
  actor?: Actor | null;
};

/** Adds what happened to a message; rows are never changed. */
export async function addToTimeline(db: Database, entry: TimelineEntry) {
  await addAllToTimeline(db, [entry]);
}

/** What happened to several, in one statement. */
export async function addAllToTimeline(db: Database, entries: readonly TimelineEntry[]) {
  if (entries.length > 0) await db.execute(insertInto(timeline, entries.map(toRow)));
}

function toRow(entry: TimelineEntry): typeof timeline.$inferInsert {
  const { workspaceId, messageId, at, event, attempt = null, data = {}, actor = null } = entry;
  return { workspaceId, messageId, at, event, attempt, ...authorship(data, actor) };
}

/** Who did it: a user has a column, an API key stands among the data. */
export function authorship(data: Record<string, unknown>, actor: Actor | null) {
  const actorUserId = actor?.kind === "user" ? actor.userId : null;
  const by = actor?.kind === "api_key" ? { ...data, apiKeyId: actor.apiKeyId } : data;
  return { data: by, actorUserId };
}
