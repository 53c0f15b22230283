import { and, eq, inArray, isNotNull, isNull, lte, or } from "drizzle-orm";
import type { Database } from "../../client";
import {
  accounts,
  attempts,
  conversations,
  media,
  messages,
  webhookDeliveries,
} from "../../schema";

/** Outbound work over all workspaces: what is due, what is under way, what waits for proof. */
export async function countOwedMessages(db: Database, now: Date) {
  const waiting = inArray(messages.status, ["queued", "scheduled"]);
  const isDue = or(isNull(messages.sendAfter), lte(messages.sendAfter, now));
  return {
    due: await db.$count(messages, and(waiting, isDue)),
    sending: await db.$count(attempts, isNull(attempts.outcome)),
    unconfirmed: await db.$count(messages, eq(messages.status, "unconfirmed")),
  };
}

/** Sends that may or may not have left, over all workspaces, and those of them that wait for a person. */
export async function countUnconfirmed(db: Database) {
  const isUnconfirmed = eq(messages.status, "unconfirmed");
  return {
    unconfirmed: await db.$count(messages, isUnconfirmed),
    doubtful: await db.$count(messages, and(isUnconfirmed, isNull(messages.unconfirmedAt))),
  };
}

/** Accounts whose provider would be asked what came in, over all workspaces. */
export async function countRecoverable(db: Database) {
  return { accounts: await db.$count(accounts, isNotNull(accounts.tokenSealed)) };
}

/** Received files that are still to be fetched, over all workspaces. */
export async function countOwedMedia(db: Database, now: Date) {
  const isDue = or(isNull(media.fetchAfter), lte(media.fetchAfter, now));
  return { due: await db.$count(media, and(eq(media.status, "owed"), isDue)) };
}

/** Conversations put aside whose time has come, over all workspaces. */
export async function countDueSnoozes(db: Database, now: Date) {
  const isDue = lte(conversations.snoozedUntil, now);
  return { due: await db.$count(conversations, and(eq(conversations.state, "snoozed"), isDue)) };
}

/** Events that are owed to endpoints and are due, over all workspaces. */
export async function countOwedWebhooks(db: Database, now: Date) {
  const { status, nextAttemptAt } = webhookDeliveries;
  const isDue = and(eq(status, "owed"), lte(nextAttemptAt, now));
  return { due: await db.$count(webhookDeliveries, isDue) };
}
