import type { Database } from "../../db/client";
import { isDatabaseGone } from "../../db/is-database-gone";
import { isWorthRetrying } from "../../db/is-worth-retrying";
import {
  type AnswerableRow,
  findAnswerable,
  findAnsweringConversation,
  findLastWrittenTo,
  findLocaleOf,
  findOfferedList,
  findQuotedMessage,
} from "../../db/queries/answerable";
import { markAnswered, putOfferedList, takeFromUnread } from "../../db/writes/answers";
import { addActivities } from "../../db/writes/conversations";
import {
  type InboundRow,
  isDuplicateInbound,
  type StoredInbound,
  storeInboundWithin,
} from "../../db/writes/inbound";
import type { MessageRow } from "../../db/writes/outbound-messages";
import { lockPreferences } from "../../db/writes/preferences";
import type { ClassifiableMessage } from "../domain/classify";
import {
  type AnswerableNotification,
  type CodeVerdict,
  judgeReply,
} from "../domain/reply-codes/judge-reply";
import { replyText } from "../domain/reply-codes/reply-text";
import { type EnqueueOutcome, enqueueMessage } from "../outbound/enqueue-message";
import type { Deps } from "../ports/deps";
import { cancelByReply } from "../reminders/cancel-by-reply";
import { oweAnswer } from "./owe-answer";

/*
 * A text of one word (`readReplyWord`) may be a code. If it answers something, it is stored together with
 * all that it does, in one transaction: the answer, the confirmation, the line in the thread. So no
 * crash parts them: what was not committed, the provider posts again, or the missed texts are fetched.
 */

type Needs = Pick<Deps, "db" | "clock" | "chance" | "log" | "settings">;

type Received = { row: InboundRow; message: ClassifiableMessage };

export type AnsweredByCode = {
  stored: StoredInbound;
  /** What was written in answer; to be told and sent now. */
  written: EnqueueOutcome[];
  /** What had not left and is not wanted any more; to be told now. */
  takenBack: MessageRow[];
};

type Candidate = AnswerableNotification & AnswerableRow;
type Verdict = CodeVerdict<Candidate>;

/** Made long before they were sent, by quiet hours and pauses, but no longer than this. */
const MADE_WITHIN_MS = 14 * 86_400_000;

/**
 * Does what a received text asks, if it is a code that answers a notification ("Reply codes" of the
 * domain rules). It then neither opens its conversation nor counts as unread.
 *
 * @returns null: nothing was stored, since it is an ordinary message, which must reach a person
 * @throws when the database is gone
 */
export async function answerByCode(
  deps: Needs,
  received: Received,
): Promise<AnsweredByCode | null> {
  try {
    const glance = await judge(deps.db, received, { isLocked: false });
    if (glance === null) return null;
    return await answerTwice(deps, received, glance);
  } catch (error) {
    if (isDuplicateInbound(error)) {
      return { stored: { kind: "duplicate" }, written: [], takenBack: [] };
    }
    if (error instanceof NotOffered) return null;
    if (isDatabaseGone(error)) throw error;
    const { providerId } = received.row;
    deps.log.error({ providerId, error: String(error) }, "[INBOUND] A code was not acted on");
    return null;
  }
}

async function answerTwice(
  deps: Needs,
  received: Received,
  { personId }: Judged,
): Promise<AnsweredByCode | null> {
  const once = () =>
    deps.db.transaction(async (tx) => {
      // First, as everybody who decides about what a person is told.
      const { workspaceId, now } = received.row;
      await lockPreferences(tx, { workspaceId, personIds: [personId], now });
      return answer(deps, tx, received);
    });
  try {
    return await once();
  } catch (error) {
    if (isDuplicateInbound(error) || !isWorthRetrying(error)) throw error;
    return once();
  }
}

/** Takes all of it back: whoever cannot be asked back (they opted out, say) is read by a person. */
class NotOffered extends Error {}

/** Codes of one conversation come one by one: each sees what those before it have answered. */
async function answer(
  deps: Needs,
  tx: Database,
  received: Received,
): Promise<AnsweredByCode | null> {
  const judged = await judge(tx, received, { isLocked: true });
  if (judged === null) return null;
  const { verdict, conversationId, personId } = judged;
  const row = asCode(received, verdict);
  const { workspaceId, now } = row;
  const stored = await storeInboundWithin(tx, row);
  await takeFromUnread(tx, { workspaceId, conversationId, messageId: row.ids.message });
  const locale = await findLocaleOf(tx, { workspaceId, personId });
  const written = await enqueueMessage(deps, tx, {
    workspaceId,
    conversationId,
    body: replyText(verdict, locale),
    lane: "interactive",
    actor: { kind: "system" },
    notificationId: newestOf(verdict).id,
  });
  let takenBack: MessageRow[] = [];
  if (verdict.kind === "matched") takenBack = await act(tx, { row, verdict, stored, personId });
  else if (written.kind === "refused") throw new NotOffered(written.code);
  else {
    const choices = verdict.choices.map(({ notification, action }) => {
      return { notificationId: notification.id, action };
    });
    await putOfferedList(tx, { workspaceId, conversationId, offeredAt: now, choices });
  }
  return { stored: { kind: "stored", ...stored }, written: [written], takenBack };
}

type Acting = {
  row: InboundRow;
  verdict: Extract<Verdict, { kind: "matched" }>;
  stored: { conversationId: string; seq: number };
  personId: string;
};

/** What the code stands for is done, and said in the thread; answers what was taken back. */
async function act(
  tx: Database,
  { row, verdict, stored, personId }: Acting,
): Promise<MessageRow[]> {
  const { workspaceId, now } = row;
  const { action, notification, alsoAnswered } = verdict;
  const { conversationId, seq } = stored;
  const notifications = [notification, ...alsoAnswered];
  const notificationIds = notifications.map(({ id }) => id);
  const messageId = row.ids.message;
  await markAnswered(tx, { workspaceId, notificationIds, action, messageId, at: now });
  await oweAnswer(tx, { row, conversationId, personId, action, notifications });
  const { subject } = notification;
  const isCanceled = action === "cancel" && subject !== null;
  const canceling = { workspaceId, personId, at: now };
  const takenBack = isCanceled ? await cancelByReply(tx, { ...canceling, subject }) : [];
  await addActivities(tx, [
    {
      workspaceId,
      conversationId,
      kind: "answered",
      data: { action, title: notification.title, notificationId: notification.id },
      afterSeq: seq,
      at: now,
    },
  ]);
  return takenBack;
}

type Judged = { verdict: Verdict; conversationId: string; personId: string };

async function judge(
  db: Database,
  { row, message }: Received,
  reading: { isLocked: boolean },
): Promise<Judged | null> {
  const { workspaceId, integrationId, address, now: at } = row;
  const answering = { workspaceId, integrationId, from: address };
  const conversation = await findAnsweringConversation(db, answering, reading);
  if (!conversation) return null;
  const { id: conversationId, personId } = conversation;
  const since = new Date(at.getTime() - MADE_WITHIN_MS);
  const of = { workspaceId, conversationId, personId };
  const found = await findAnswerable(db, { ...of, since }, reading);
  if (found.length === 0) return null;
  const notifications = await spokenTo(db, { row, conversationId, found });
  const offered = await findOfferedList(db, of);
  const verdict = judgeReply({ message, at, notifications, offered });
  return verdict.kind === "no_code" ? null : { verdict, conversationId, personId };
}

type Found = { row: InboundRow; conversationId: string; found: readonly AnswerableRow[] };

/**
 * Those that the text can be about. Whoever was written to by people since then answers these; who
 * quotes a notification answers that one.
 */
async function spokenTo(
  db: Database,
  { row, conversationId, found }: Found,
): Promise<readonly Candidate[]> {
  const { workspaceId, accountId, quotedProviderId } = row;
  const seq = Math.min(...found.map((one) => one.seq));
  const lastWritten = await findLastWrittenTo(db, { workspaceId, conversationId, seq });
  const open = found
    .filter((one) => one.seq > lastWritten)
    .map((one) => ({ ...one, answeredAt: null }));
  if (quotedProviderId === null) return open;
  const quoted = { workspaceId, accountId, providerId: quotedProviderId };
  const message = await findQuotedMessage(db, quoted);
  const meant = open.filter((one) => one.messageId === message?.id);
  // A list or a confirmation of ours is no notification itself.
  return meant.length > 0 || !message?.notificationId ? meant : open;
}

/** Stored as what it is: it calls nobody, and the thread can tell. */
function asCode({ row, message }: Received, verdict: Verdict): InboundRow {
  const replyCode = verdict.kind === "matched" ? verdict.action : "which";
  return {
    ...row,
    content: { ...row.content, replyCode },
    wakes: false,
    priority: null,
    labels: [],
    why: { rule: "reply_code", words: message.body.trim().slice(0, 60) },
  };
}

function newestOf(verdict: Verdict): Candidate {
  if (verdict.kind === "matched") return verdict.notification;
  const [first] = verdict.choices;
  if (!first) throw new Error("a list has choices");
  return first.notification;
}
