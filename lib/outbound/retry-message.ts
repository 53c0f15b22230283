import type { Database } from "../../db/client";
import { findConsent } from "../../db/queries/consents";
import { mediaIdsOf } from "../../db/queries/media";
import { wasResent } from "../../db/queries/messages";
import {
  findOutbound,
  lockOutbound,
  type MessageRow,
  moveMessage,
} from "../../db/writes/outbound-messages";
import { addToTimeline } from "../../db/writes/timeline";
import { linkedWords } from "../domain/linked-text";
import { expiryOf } from "../domain/message-expiry";
import { RETRYABLE } from "../domain/message-status";
import type { Actor, Scope } from "../domain/viewer";
import type { MessageStatus } from "../domain/words";
import type { Deps } from "../ports/deps";
import { announceMessages } from "./announce-messages";
import { withLinks } from "./link-files";
import { ringDoorbells } from "./ring-doorbells";

type Needs = Pick<Deps, "db" | "sql" | "clock" | "realtime" | "jobs" | "log" | "settings">;

export type RetryOutcome =
  | { kind: "queued"; message: MessageRow }
  | { kind: "not_found" }
  /** It has not failed: there is nothing to send again. */
  | { kind: "not_retryable"; status: MessageStatus }
  /** What it tells, or a part of it, was sent again in its place (resendNotification). */
  | { kind: "already_resent" }
  /** They have asked not to be written to since: nothing is tried. */
  | { kind: "opted_out" };

type RetryInput = { scope: Scope; messageId: string; actor: Actor };

/**
 * A new attempt of the same message that truly sends. For an unconfirmed one the person who asks has
 * decided that it did not arrive; proof that it did cancels this again while it waits.
 */
export async function retryMessage(
  deps: Needs,
  { scope, messageId, actor }: RetryInput,
): Promise<RetryOutcome> {
  const at = deps.clock.now();
  const message = await deps.db.transaction(async (tx) => {
    const found = await lockOutbound(tx, scope, messageId);
    if (!found) return null;
    if (await wasResent(tx, found)) return "already_resent" as const;
    if ((await findConsent(tx, found)) === "opted_out") return "opted_out" as const;
    const set = { ...freshStart(found, at), body: await freshBody(deps, tx, found, at) };
    const row = await moveMessage(tx, scope, { messageId, from: RETRYABLE, set, at });
    if (!row) return null;
    const { workspaceId, attempt } = row;
    const data = { from: found.status };
    await addToTimeline(tx, { workspaceId, messageId, at, event: "retried", attempt, data, actor });
    return row;
  });
  if (message === "opted_out" || message === "already_resent") return { kind: message };
  if (!message) {
    const found = await findOutbound(deps.db, scope, messageId);
    return found ? { kind: "not_retryable", status: found.status } : { kind: "not_found" };
  }
  announceMessages(deps, [message]);
  await ringDoorbells(deps, [{ integrationId: message.integrationId, due: at }]);
  return { kind: "queued", message };
}

/** Links that its text carries begin anew. */
async function freshBody(deps: Needs, tx: Database, message: MessageRow, at: Date) {
  const words = linkedWords(message);
  if (words === null) return message.body;
  const mediaIds = await mediaIdsOf(tx, { ...message, messageId: message.id });
  return withLinks(deps, { words, mediaIds, due: at });
}

/**
 * Queued as if new; the attempts' numbers go on, so that their callbacks stay apart. One that never
 * got its place in the thread is scheduled for now, and takes it when claimed.
 */
function freshStart(message: MessageRow, now: Date) {
  return {
    status: message.seq === null ? ("scheduled" as const) : ("queued" as const),
    statusReason: null,
    errorCode: null,
    errorMessage: null,
    providerId: null,
    attemptsCounted: 0,
    unconfirmedAt: null,
    failedAt: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    sendAfter: now,
    expiresAt: expiryOf(message.lane, now),
  };
}
