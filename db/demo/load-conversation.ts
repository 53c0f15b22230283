import { personSearchText } from "../../lib/domain/fold-for-search";
import type { Database } from "../client";
import {
  activities,
  addresses,
  consents,
  conversationLabels,
  conversationReads,
  conversations,
  persons,
} from "../schema";
import { type BuiltScript, buildScript, demoId } from "./build";
import type { UserKey } from "./cast";
import { insertMessages } from "./load-messages";
import { messageId, type Play, type Stage, userId } from "./play";
import type { Script } from "./script";

/** Stores one scripted conversation with its person, messages and everything that goes with them. */
export async function loadConversation(tx: Database, stage: Stage, script: Script) {
  const sender = stage.senders.get(script.on);
  if (!sender) throw new Error(`the demo has no sender ${script.on}`);
  const built = buildScript(script, stage.now);
  const name = `${stage.slug} ${script.who.number}`;
  const play: Play = {
    stage,
    script,
    built,
    name,
    personId: demoId(`person ${name}`, built.startedAt),
    conversationId: demoId(`conversation ${name}`, built.startedAt),
    sender,
  };
  await insertPerson(tx, play);
  await insertConversation(tx, play);
  await insertMessages(tx, play);
  await insertActivities(tx, play);
  await insertConsents(tx, play);
  await insertReads(tx, play);
}

async function insertPerson(tx: Database, { stage, script, built, name, personId }: Play) {
  const { number, email, ...who } = script.who;
  const { workspaceId } = stage;
  const createdAt = built.startedAt;
  await tx.insert(persons).values({
    ...who,
    id: personId,
    workspaceId,
    searchText: personSearchText({ ...who, addresses: [number, ...(email ? [email] : [])] }),
    blockedAt: built.acts.find((act) => act.line.act === "blocked")?.at ?? null,
    createdAt,
    updatedAt: createdAt,
  });
  const of = { workspaceId, personId, createdAt };
  const id = demoId(`address ${name}`, createdAt);
  await tx.insert(addresses).values({ ...of, id, kind: "phone", value: number, raw: number });
  if (!email) return;
  const mailId = demoId(`mail ${name}`, createdAt);
  await tx.insert(addresses).values({ ...of, id: mailId, kind: "email", value: email, raw: email });
}

async function insertConversation(tx: Database, play: Play) {
  const { stage, script, built } = play;
  const { workspaceId } = stage;
  const state = script.state ?? "open";
  const last = lastInThread(built);
  await tx.insert(conversations).values({
    id: play.conversationId,
    workspaceId,
    personId: play.personId,
    integrationId: play.sender.id,
    address: script.who.number,
    state,
    priority: script.priority ?? "normal",
    assigneeId: script.assignee ? userId(stage, script.assignee) : null,
    snoozedUntil: script.snoozedFor
      ? new Date(stage.now.getTime() + script.snoozedFor * 60_000)
      : null,
    revision: built.messages.length + built.acts.length,
    lastSeq: built.lastSeq,
    inboundCount: built.inboundCount,
    lastMessageId: last ? messageId(play, last) : null,
    lastActivityAt: last?.at ?? built.endedAt,
    lastInboundAt: built.messages.findLast(({ line }) => line.by === "them")?.at ?? null,
    waitingSince: state === "open" && !script.isBlocked ? waitingSince(built) : null,
    createdAt: built.startedAt,
  });
  const labelIds = (script.labels ?? []).flatMap((key) => stage.labels.get(key) ?? []);
  if (labelIds.length === 0) return;
  await tx
    .insert(conversationLabels)
    .values(
      labelIds.map((labelId) => ({ workspaceId, conversationId: play.conversationId, labelId })),
    );
}

function lastInThread(built: BuiltScript) {
  return built.messages.findLast((message) => message.seq !== null);
}

/** The first of their messages that nobody answered. */
function waitingSince(built: BuiltScript): Date | null {
  const thread = built.messages.filter((message) => message.seq !== null);
  const answered = thread.findLastIndex(({ line }) => line.by !== "them");
  return thread[answered + 1]?.at ?? null;
}

async function insertActivities(tx: Database, play: Play) {
  const { stage, built } = play;
  const rows = built.acts.map(({ line, afterSeq, at }) => {
    const target = stage.users.get(line.to as UserKey);
    const data: Record<string, string | null> = target
      ? { assigneeId: target.id, assigneeName: target.name }
      : line.to
        ? { from: "normal", to: line.to }
        : {};
    return { kind: line.act, data, afterSeq, at, actorUserId: userId(stage, line.by) };
  });
  const said = built.messages.flatMap(({ line, seq, at }) =>
    line.by === "them" && line.consent
      ? [
          {
            kind: line.consent,
            data: { words: line.text },
            afterSeq: seq ?? 0,
            at,
            actorUserId: null,
          },
        ]
      : [],
  );
  const all = [...rows, ...said];
  if (all.length === 0) return;
  const { workspaceId } = stage;
  const { conversationId } = play;
  await tx.insert(activities).values(all.map((row) => ({ ...row, workspaceId, conversationId })));
}

async function insertConsents(tx: Database, play: Play) {
  for (const message of play.built.messages) {
    const { line, at } = message;
    if (line.by !== "them" || !line.consent) continue;
    await tx.insert(consents).values({
      workspaceId: play.stage.workspaceId,
      personId: play.personId,
      integrationId: play.sender.id,
      channel: play.sender.type,
      address: play.script.who.number,
      state: line.consent,
      source: "keyword",
      words: line.text,
      messageId: messageId(play, message),
      at,
    });
  }
}

/** Everybody has read all but the last few of theirs. */
async function insertReads(tx: Database, play: Play) {
  const { stage, built, script } = play;
  const inbound = built.messages.filter(({ line }) => line.by === "them");
  const unread = script.unread ?? 0;
  const firstUnread = unread > 0 ? inbound.at(-unread)?.seq : null;
  await tx.insert(conversationReads).values(
    [...stage.users.values()].map((user) => ({
      workspaceId: stage.workspaceId,
      conversationId: play.conversationId,
      userId: user.id,
      lastReadSeq: firstUnread ? firstUnread - 1 : built.lastSeq,
      readInboundCount: built.inboundCount - unread,
      at: built.endedAt,
    })),
  );
}
