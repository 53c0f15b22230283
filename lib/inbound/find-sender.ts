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

type Needs = Pick<Deps, "db" | "cipher" | "clock" | "log">;
type Entry = { sender: WebhookSender; at: number; isRefreshing: boolean };

/** Looking up and unsealing for each message would double its cost; a change shows within this. */
const FRESH_MS = 2000;
/** Until then one request reads anew while the others go on; after it everybody waits for the answer. */
const STALE_MS = 6000;
const MAX_KEPT = 5000;
const kept = new WeakMap<Database, Map<string, Entry>>();

/**
 * Finds the integration that a webhook is for, over all workspaces; null: unknown. Answers are kept
 * for some seconds.
 * @param isFresh read the database whatever is kept: a signature that does not fit may be by a token
 *   that was changed a moment ago
 * @throws when the database is gone or a token was sealed with a key we do not have
 */
export async function findSender(
  deps: Needs,
  to: SenderAddress,
  isFresh = false,
): Promise<WebhookSender | null> {
  const entry = entriesOf(deps.db).get(keyOf(to));
  const age = entry ? deps.clock.monotonic() - entry.at : STALE_MS;
  if (!entry || isFresh || age >= STALE_MS) return readSender(deps, to);
  if (age >= FRESH_MS && !entry.isRefreshing) refresh(deps, to, entry);
  return entry.sender;
}

/** Reads anew beside the request that noticed; without it fifty would ask at the same moment. */
function refresh(deps: Needs, to: SenderAddress, entry: Entry) {
  entry.isRefreshing = true;
  readSender(deps, to).catch((error: unknown) => {
    entry.isRefreshing = false;
    deps.log.warn({ error }, "[SMS WEBHOOK] The number could not be looked up again");
  });
}

async function readSender(deps: Needs, to: SenderAddress): Promise<WebhookSender | null> {
  const at = deps.clock.monotonic();
  const row = await findWebhookIntegration(deps.db, to);
  const entries = entriesOf(deps.db);
  if (!row) {
    entries.delete(keyOf(to));
    return null;
  }
  const sender = openTokens(deps, row);
  if (entries.size >= MAX_KEPT) entries.clear();
  entries.set(keyOf(to), { sender, at, isRefreshing: false });
  return sender;
}

function keyOf(to: SenderAddress): string {
  return `${to.accountSid} ${to.channel} ${to.messagingServiceSid ?? ""} ${to.sender}`;
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
