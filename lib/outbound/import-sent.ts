import { isInDoubt, type RecoverableAccount } from "../../db/queries/system/recovery";
import { findKnownIds } from "../../db/queries/system/unconfirmed";
import { findOrCreateConversation } from "../../db/writes/conversations";
import { type ImportedMessage, insertImported } from "../../db/writes/imported";
import { findOrCreatePerson } from "../../db/writes/persons";
import { parseProviderAddress } from "../domain/provider-address";
import { findSender, type WebhookSender } from "../inbound/find-sender";
import type { Deps } from "../ports/deps";
import type { SentMessage } from "../ports/sms";
import { announceMessages } from "./announce-messages";

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "log" | "realtime" | "settings"
>;

/** Seconds. What is younger may be ours, with its answer still on the way (Missed messages). */
const SETTLED = 600;

/**
 * Texts that left at the provider without us (its console, another program, its own answer to STOP)
 * take their place in their conversations, so that agents see what the person was told. Only old ones,
 * and none while something of ours to that number may be it.
 *
 * @returns `isPostponed`: some could not be told apart yet, and are to be asked about again
 */
export async function importSent(
  deps: Needs,
  { sid }: Pick<RecoverableAccount, "sid">,
  sent: readonly SentMessage[],
): Promise<{ count: number; isPostponed: boolean }> {
  const until = deps.clock.now().getTime() - (SETTLED * 1000) / deps.settings.timeScale;
  const settled = sent.filter((message) => message.sentAt.getTime() <= until);
  const providerIds = settled.map((message) => message.providerId);
  const known = await findKnownIds(deps.sql, { sid, providerIds });
  const result = { count: 0, isPostponed: false };
  for (const message of settled.filter((one) => !known.has(one.providerId))) {
    const to = parseProviderAddress(message.to);
    if (await isInDoubt(deps.sql, { sid, to: to.value })) {
      result.isPostponed = true;
      continue;
    }
    if (await importOne(deps, { sid, message })) result.count += 1;
  }
  return result;
}

/** False: no number of ours, or somebody else has stored it meanwhile. */
async function importOne(
  deps: Needs,
  { sid, message }: { sid: string; message: SentMessage },
): Promise<boolean> {
  const from = parseProviderAddress(message.from);
  const sender = await findSender(deps, {
    accountSid: sid,
    messagingServiceSid: message.messagingServiceSid,
    channel: from.channel,
    sender: from.value,
  });
  if (!sender) return false;
  const stored = await store(deps, { sender, message, from: from.value });
  if (!stored) return false;
  announceMessages(deps, [stored]);
  return true;
}

type Import = { sender: WebhookSender; message: SentMessage; from: string };

async function store(
  deps: Needs,
  { sender, message, from }: Import,
): Promise<ImportedMessage | null> {
  const { workspaceId, integrationId, accountId } = sender;
  const { uuid } = deps.chance;
  const to = parseProviderAddress(message.to);
  return deps.db.transaction(async (tx) => {
    const { personId } = await findOrCreatePerson(tx, {
      workspaceId,
      personId: uuid(),
      address: { id: uuid(), kind: to.kind, value: to.value, raw: message.to, country: null },
      now: message.sentAt,
    });
    const conversation = await findOrCreateConversation(tx, {
      id: uuid(),
      workspaceId,
      personId,
      integrationId,
      address: to.value,
      assigneeId: null,
      isListed: false,
      now: message.sentAt,
    });
    return insertImported(tx, {
      id: uuid(),
      workspaceId,
      conversation,
      integrationId,
      accountId,
      channel: to.channel,
      from,
      to: to.value,
      sent: message,
    });
  });
}
