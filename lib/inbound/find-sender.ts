import type { Database } from "../../db/client";
import {
  findWebhookIntegration,
  type WebhookIntegration,
} from "../../db/queries/system/webhook-accounts";
import type { Deps } from "../ports/deps";

/** The integration that a webhook is for, with its account's tokens opened. Never logged, never stored. */
export type WebhookSender = Omit<WebhookIntegration, "tokenSealed" | "nextTokenSealed"> & {
  tokens: readonly string[];
};

export type SenderAddress = Parameters<typeof findWebhookIntegration>[1];

type Entry = { sender: WebhookSender; at: number };

/** Looking up and unsealing for each message would double its cost; a rotation shows within this. */
const KEPT_MS = 2000;
const MAX_KEPT = 5000;
const kept = new WeakMap<Database, Map<string, Entry>>();

/**
 * Finds the integration that a webhook is for, over all workspaces; null: unknown. Answers are kept
 * for 2 s.
 * @param isFresh read the database whatever is kept: a signature that does not fit may be by a token
 *   that was changed a moment ago
 * @throws when the database is gone or a token was sealed with a key we do not have
 */
export async function findSender(
  deps: Pick<Deps, "db" | "cipher" | "clock">,
  to: SenderAddress,
  isFresh = false,
): Promise<WebhookSender | null> {
  const entries = entriesOf(deps.db);
  const key = `${to.accountSid} ${to.channel} ${to.messagingServiceSid ?? ""} ${to.sender}`;
  const entry = entries.get(key);
  const now = deps.clock.monotonic();
  if (entry && !isFresh && now - entry.at < KEPT_MS) return entry.sender;
  const row = await findWebhookIntegration(deps.db, to);
  if (!row) {
    entries.delete(key);
    return null;
  }
  const sender = openTokens(deps, row);
  if (entries.size >= MAX_KEPT) entries.clear();
  entries.set(key, { sender, at: now });
  return sender;
}

function entriesOf(db: Database): Map<string, Entry> {
  const entries = kept.get(db) ?? new Map<string, Entry>();
  kept.set(db, entries);
  return entries;
}

function openTokens(deps: Pick<Deps, "cipher">, row: WebhookIntegration): WebhookSender {
  const { tokenSealed, nextTokenSealed, ...sender } = row;
  const sealed = [tokenSealed, nextTokenSealed].filter((token) => token !== null);
  return { ...sender, tokens: sealed.map((token) => deps.cipher.open(token)) };
}
