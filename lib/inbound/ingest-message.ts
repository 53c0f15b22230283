import type { InboundRow } from "../../db/writes/inbound";
import { noteWebhook } from "../../db/writes/webhook-seen";
import { type ClassifiableMessage, classify } from "../domain/classify";
import { personSearchText } from "../domain/fold-for-search";
import { type OptOutReading, readOptOut } from "../domain/opt-out";
import type { InboundMessage } from "../domain/parse-inbound";
import { readReplyWord } from "../domain/reply-codes/read-reply-code";
import { tellHandedOver } from "../notifications/hand-over";
import { tellTakenBack } from "../notifications/overtake-deliveries";
import type { Deps } from "../ports/deps";
import { answerByCode } from "./answer-by-code";
import type { WebhookSender } from "./find-sender";
import { storeInGroups } from "./store-in-groups";

export type IngestOutcome =
  | { kind: "stored"; messageId: string; conversationId: string }
  | { kind: "duplicate" };

export type Ingested = {
  sender: Pick<WebhookSender, "workspaceId" | "integrationId" | "accountId">;
  message: InboundMessage;
  /** When it came in at the provider, of one that did not reach us then. */
  recoveredFrom?: Date;
};

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "log" | "realtime" | "jobs" | "settings"
>;

/** An assignee whom nobody saw for this long does not keep a conversation that reopens. */
const OFFLINE_MS = 2 * 3600_000;

/**
 * R407: stores a verified inbound message: finds or makes its person and conversation, applies consent
 * words and the classification, all in one statement; then tells screens and rings for its files.
 * One that is a reply code is acted on instead of waking anybody. The same message again changes nothing.
 *
 * @throws when the database is gone (see `isDatabaseGone`)
 */
export async function ingestMessage(deps: Needs, input: Ingested): Promise<IngestOutcome> {
  const { row, message } = decide(deps, input);
  // Whatever else it is leaves for the database at once.
  const isWord = readReplyWord(message) !== null;
  const answered = isWord ? await answerByCode(deps, { row, message }) : null;
  const stored = answered?.stored ?? (await storeInGroups(deps, row));
  if (!input.recoveredFrom) noteContact(deps, input.sender.accountId, row.now);
  if (stored.kind === "duplicate") return stored;
  const { workspaceId } = input.sender;
  const { conversationId } = stored;
  deps.realtime.announce([
    { kind: "conversation", workspaceId, conversationId, messageIds: [row.ids.message] },
  ]);
  if (answered) {
    await tellHandedOver(deps, answered.written);
    await tellTakenBack(deps, answered.takenBack);
  }
  if (row.media.length > 0) void deps.jobs.ring([{ kind: "media", at: row.now }]);
  return { kind: "stored", messageId: row.ids.message, conversationId };
}

type Decided = { row: InboundRow; message: ClassifiableMessage };

function decide(deps: Needs, { sender, message, recoveredFrom }: Ingested): Decided {
  const now = recoveredFrom ?? deps.clock.now();
  const optOut = readOptOut(message.body, message.optOutType);
  const { body, kind, media } = message;
  const classifiable = { body, kind, mediaCount: media.length, optOut: optOut?.kind ?? null };
  const verdict = classify(classifiable, []);
  const { uuid } = deps.chance;
  const addresses = [message.from.value, ...(message.alias ? [message.alias.value] : [])];
  const row: InboundRow = {
    workspaceId: sender.workspaceId,
    integrationId: sender.integrationId,
    accountId: sender.accountId,
    ids: { message: uuid(), conversation: uuid(), person: uuid(), address: uuid(), alias: uuid() },
    address: { ...message.from, raw: message.fromRaw, country: message.country },
    alias: message.alias,
    profileName: message.profileName,
    searchText: personSearchText({ profileName: message.profileName, addresses }),
    channel: message.channel,
    messageKind: message.kind,
    to: message.to,
    body: message.body,
    content: contentOf(message, optOut, recoveredFrom !== undefined),
    providerId: message.providerId,
    quotedProviderId: message.quotedProviderId,
    media: message.media.map((file) => ({ id: uuid(), ...file })),
    wakes: verdict.wakes,
    priority: verdict.priority,
    labels: verdict.labels,
    why: verdict.why,
    consent: consentOf(message, optOut),
    onlineSince: new Date(now.getTime() - OFFLINE_MS),
    now,
  };
  return { row, message: classifiable };
}

/** Marked on the message: a probable stop, so that an agent decides what was meant, and a recovery. */
function contentOf(message: InboundMessage, optOut: OptOutReading | null, isRecovered: boolean) {
  const isProbableStop = optOut?.kind === "probable_stop";
  if (!isProbableStop && !isRecovered) return message.content;
  return {
    ...message.content,
    ...(isProbableStop && { probableStop: true }),
    ...(isRecovered && { recovered: true }),
  };
}

function consentOf(message: InboundMessage, optOut: OptOutReading | null): InboundRow["consent"] {
  if (optOut?.kind !== "opt_out" && optOut?.kind !== "opt_in") return null;
  return {
    state: optOut.kind === "opt_out" ? "opted_out" : "opted_in",
    source: message.optOutType ? "provider" : "keyword",
    words: optOut.words,
  };
}

/** When each account was last noted, so that a busy one costs one update a minute. */
const noted = new Map<string, number>();
const NOTE_EVERY_MS = 60_000;

function noteContact(deps: Needs, accountId: string, at: Date) {
  if (at.getTime() - (noted.get(accountId) ?? 0) < NOTE_EVERY_MS) return;
  noted.set(accountId, at.getTime());
  noteWebhook(deps.db, { accountId, at }).catch((error: unknown) => {
    deps.log.warn({ accountId, error }, "[SMS WEBHOOK] Last contact could not be noted");
  });
}
