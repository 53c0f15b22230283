import { createHash } from "node:crypto";
import { measureSegments } from "../../lib/domain/segments";
import type { MessageStatus } from "../../lib/domain/words";
import type { Database } from "../client";
import { attempts, blobs, media, messages, spendingDeltas, timeline } from "../schema";
import { type BuiltMessage, demoId, milestones } from "./build";
import { drawFile } from "./files";
import { messageId, type Play, sidOf, userId } from "./play";
import type { OurLine } from "./script";
import { spendingOf, spendingOfAttempt } from "./spending";

const DAY = 24 * 60 * 60_000;

/** Stores the messages of a script with their attempts, timelines and files. */
export async function insertMessages(tx: Database, play: Play) {
  const rows = play.built.messages.map((message) => messageRow(play, message));
  await tx.insert(messages).values(rows);
  const tried = rows.filter((row) => row.attempt === 1);
  const made = tried.map(attemptRow);
  if (made.length > 0) await tx.insert(attempts).values(made);
  const spent = tried.flatMap(spendingOf);
  if (spent.length > 0) await tx.insert(spendingDeltas).values(spent);
  const told = rows.filter((row) => row.direction === "out").flatMap(timelineRows);
  if (told.length > 0) await tx.insert(timeline).values(told);
  await insertFiles(tx, play);
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
      counts: message.counts,
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

/** The one attempt of a message that was tried. */
export function attemptRow(row: Row): typeof attempts.$inferInsert {
  const startedAt = new Date(row.createdAt.getTime() + 400);
  const finishedAt = new Date(row.createdAt.getTime() + 900);
  const outcome =
    row.status === "unconfirmed" ? "unknown" : row.status === "queued" ? "retry" : "accepted";
  return {
    workspaceId: row.workspaceId,
    messageId: row.id,
    accountId: row.accountId,
    number: 1,
    startedAt,
    leaseUntil: new Date(startedAt.getTime() + 20_000),
    finishedAt,
    outcome,
    status: outcome === "accepted" ? row.status : null,
    providerId: row.providerId,
    httpStatus: outcome === "accepted" ? 201 : outcome === "retry" ? 500 : null,
    errorCode: row.errorCode,
    ...spendingOfAttempt(row),
  };
}

function timelineRows(row: Row): TimelineRow[] {
  return [
    ...lineOf(row, row.status === "scheduled" ? "scheduled" : "queued", row.createdAt, null),
    ...travelRows(row),
    ...lineOf(row, "canceled", row.status === "canceled" ? row.createdAt : null, null),
  ];
}

type TimelineRow = typeof timeline.$inferInsert;

/** What happened to a message once it was tried. */
export function travelRows(row: Row): TimelineRow[] {
  const doubted = (seconds: number) =>
    row.status === "unconfirmed" ? secondsAfter(row, seconds) : null;
  return [
    ...lineOf(row, "sent", row.sentAt),
    ...lineOf(row, "delivered", row.deliveredAt),
    ...lineOf(row, "read", row.readAt),
    ...lineOf(row, "unconfirmed", doubted(10)),
    ...lineOf(row, "doubtful", doubted(100)),
    ...lineOf(row, row.status, row.failedAt),
  ];
}

function lineOf(
  { workspaceId, id: messageId }: Row,
  event: string,
  at: Date | null | undefined,
  attempt: number | null = 1,
): TimelineRow[] {
  return at ? [{ workspaceId, messageId, at, event, attempt }] : [];
}

function secondsAfter({ createdAt }: Row, seconds: number) {
  return new Date(createdAt.getTime() + seconds * 1000);
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
