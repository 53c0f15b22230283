import { createHash } from "node:crypto";
import { personSearchText } from "../../lib/domain/fold-for-search";
import { measureSegments } from "../../lib/domain/segments";
import type { MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import {
  activities,
  addresses,
  attempts,
  blobs,
  consents,
  conversationLabels,
  conversationReads,
  conversations,
  media,
  messages,
  persons,
  timeline,
} from "../schema";
import {
  type BuiltMessage,
  type BuiltScript,
  buildScript,
  demoId,
  demoSid,
  milestones,
} from "./build";
import type { LabelKey, SenderKey, UserKey } from "./cast";
import { drawFile } from "./files";
import type { OurLine, Script } from "./script";

/** What a conversation hangs on: the rows of its workspace that are already there. */
export type Stage = {
  workspaceId: WorkspaceId;
  slug: string;
  accountId: string;
  senders: ReadonlyMap<SenderKey, { id: string; number: string; type: "sms" | "whatsapp" }>;
  users: ReadonlyMap<UserKey, { id: string; name: string }>;
  labels: ReadonlyMap<LabelKey, string>;
  now: Date;
};

type Play = {
  stage: Stage;
  script: Script;
  built: BuiltScript;
  name: string;
  personId: string;
  conversationId: string;
  sender: { id: string; number: string; type: "sms" | "whatsapp" };
};

const DAY = 24 * 60 * 60_000;

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
  await insertFiles(tx, play);
  await insertActivities(tx, play);
  await insertConsents(tx, play);
  await insertReads(tx, play);
}

async function insertPerson(tx: Database, { stage, script, built, name, personId }: Play) {
  const { number, ...who } = script.who;
  const { workspaceId } = stage;
  const createdAt = built.startedAt;
  await tx.insert(persons).values({
    ...who,
    id: personId,
    workspaceId,
    searchText: personSearchText({ ...who, addresses: [number] }),
    blockedAt: built.acts.find((act) => act.line.act === "blocked")?.at ?? null,
    createdAt,
    updatedAt: createdAt,
  });
  await tx.insert(addresses).values({
    id: demoId(`address ${name}`, createdAt),
    workspaceId,
    personId,
    kind: "phone",
    value: number,
    raw: number,
    createdAt,
  });
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

async function insertMessages(tx: Database, play: Play) {
  const rows = play.built.messages.map((message) => messageRow(play, message));
  await tx.insert(messages).values(rows);
  const tried = rows.filter((row) => row.attempt === 1);
  if (tried.length > 0) await tx.insert(attempts).values(tried.map((row) => attemptRow(play, row)));
  const told = rows
    .filter((row) => row.direction === "out")
    .flatMap((row) => timelineRows(play, row));
  if (told.length > 0) await tx.insert(timeline).values(told);
}

type Row = typeof messages.$inferInsert & { status: MessageStatus; createdAt: Date };

function messageRow(play: Play, message: BuiltMessage): Row {
  const { stage, script, sender } = play;
  const { line, at } = message;
  const quotedAt =
    line.quotes === undefined
      ? null
      : play.built.messages.find((other) => other.position === line.quotes);
  const shared = {
    id: messageId(play, message),
    workspaceId: stage.workspaceId,
    conversationId: play.conversationId,
    integrationId: sender.id,
    accountId: stage.accountId,
    personId: play.personId,
    seq: message.seq,
    channel: sender.type,
    kind: line.kind ?? (line.media ? ("media" as const) : ("text" as const)),
    body: line.text,
    content: line.content ?? null,
    quotedMessageId: quotedAt ? messageId(play, quotedAt) : null,
    createdAt: at,
  };
  if (line.by === "them") {
    return {
      ...shared,
      direction: "in",
      fromAddress: script.who.number,
      toAddress: sender.number,
      status: "received",
      providerId: sidOf(play, message),
      wakes: true,
    };
  }
  return { ...shared, ...outbound(play, message, line) };
}

/** These were tried once; the others never left. */
const UNTRIED: readonly MessageStatus[] = ["scheduled", "canceled", "expired", "paused"];
/** These have no id at the provider, or none that we know. */
const UNKNOWN_THERE: readonly MessageStatus[] = [...UNTRIED, "queued", "unconfirmed"];

function outbound({ stage, script, sender, ...play }: Play, message: BuiltMessage, line: OurLine) {
  const { at } = message;
  const status = line.status ?? "delivered";
  const leaves = line.leavesIn ? new Date(stage.now.getTime() + line.leavesIn * 60_000) : at;
  const wasTried = !UNTRIED.includes(status);
  return {
    direction: "out" as const,
    fromAddress: sender.number,
    toAddress: script.who.number,
    status,
    statusReason: line.reason ?? (line.code ? "permanent" : null),
    errorCode: line.code ?? null,
    lane: line.by === "auto" ? ("normal" as const) : ("interactive" as const),
    sendAfter: leaves,
    expiresAt: new Date(leaves.getTime() + DAY),
    attempt: wasTried ? 1 : 0,
    attemptsCounted: wasTried && status !== "unconfirmed" ? 1 : 0,
    providerId: UNKNOWN_THERE.includes(status) ? null : sidOf(play, message),
    segments: sender.type === "sms" ? measureSegments(line.text).segments : null,
    authorUserId: line.by === "auto" ? null : userId(stage, line.by),
    ...milestones(status, at),
  };
}

function attemptRow(play: Play, row: Row): typeof attempts.$inferInsert {
  const startedAt = new Date(row.createdAt.getTime() + 400);
  const finishedAt = new Date(row.createdAt.getTime() + 900);
  const outcome =
    row.status === "unconfirmed" ? "unknown" : row.status === "queued" ? "retry" : "accepted";
  return {
    id: demoId(`attempt ${row.id}`, startedAt),
    workspaceId: play.stage.workspaceId,
    messageId: row.id,
    accountId: play.stage.accountId,
    number: 1,
    startedAt,
    leaseUntil: new Date(startedAt.getTime() + 20_000),
    finishedAt,
    outcome,
    status: outcome === "accepted" ? row.status : null,
    providerId: row.providerId,
    httpStatus: outcome === "accepted" ? 201 : outcome === "retry" ? 500 : null,
    errorCode: row.errorCode,
  };
}

function timelineRows(play: Play, row: Row): (typeof timeline.$inferInsert)[] {
  const line = (event: string, at: Date | null | undefined, attempt: number | null = 1) =>
    at ? [{ workspaceId: play.stage.workspaceId, messageId: row.id, at, event, attempt }] : [];
  const isAccepted = row.attempt === 1 && row.providerId !== null;
  return [
    ...line(row.status === "scheduled" ? "scheduled" : "queued", row.createdAt, null),
    ...line("accepted", isAccepted ? new Date(row.createdAt.getTime() + 900) : null),
    ...line("sent", row.sentAt),
    ...line("delivered", row.deliveredAt),
    ...line("read", row.readAt),
    ...line("unconfirmed", row.unconfirmedAt),
    ...line(row.status, row.failedAt),
    ...line("canceled", row.status === "canceled" ? row.createdAt : null, null),
  ];
}

async function insertFiles(tx: Database, play: Play) {
  const { workspaceId } = play.stage;
  for (const message of play.built.messages) {
    const id = messageId(play, message);
    for (const [position, key] of (message.line.media ?? []).entries()) {
      const { bytes, ...file } = drawFile(key);
      const blobId = demoId(`blob ${id} ${position}`, message.at);
      const shared = { workspaceId, size: bytes.length, createdAt: message.at };
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      await tx
        .insert(blobs)
        .values({ ...shared, id: blobId, bytes, contentType: file.contentType, sha256 });
      await tx.insert(media).values({
        ...shared,
        ...file,
        id: demoId(`media ${id} ${position}`, message.at),
        messageId: id,
        direction: message.line.by === "them" ? "in" : "out",
        position,
        status: "stored",
        blobId,
      });
    }
  }
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

function messageId(play: Pick<Play, "name">, message: BuiltMessage) {
  return demoId(`message ${play.name} ${message.position}`, message.at);
}

function sidOf(play: Pick<Play, "name">, message: BuiltMessage) {
  return demoSid(message.line.media ? "MM" : "SM", `${play.name} ${message.position}`);
}

function userId(stage: Stage, key: UserKey): string {
  const user = stage.users.get(key);
  if (!user) throw new Error(`${key} is not in ${stage.slug}`);
  return user.id;
}
