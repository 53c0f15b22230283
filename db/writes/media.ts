import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { accounts, blobs, conversations, media, messages } from "../schema";

export type NewFile = {
  workspaceId: WorkspaceId;
  bytes: Buffer;
  contentType: string;
  width: number | null;
  height: number | null;
  now: Date;
};

/** Stores an uploaded file that no message holds yet. */
export async function insertUpload(
  db: Database,
  file: NewFile & { id: string; blobId: string; fileName: string | null; userId: string | null },
) {
  await db.transaction(async (tx) => {
    await insertBlob(tx, file);
    await tx.insert(media).values({
      id: file.id,
      workspaceId: file.workspaceId,
      direction: "out",
      status: "stored",
      contentType: file.contentType,
      fileName: file.fileName,
      size: file.bytes.length,
      width: file.width,
      height: file.height,
      blobId: file.blobId,
      uploadedByUserId: file.userId,
      createdAt: file.now,
    });
  });
}

/**
 * Takes received files that are due, for `leaseUntil`: nobody else fetches them before. Over all
 * workspaces; each row carries its account.
 */
export async function claimOwedMedia(
  db: Database,
  input: { now: Date; leaseUntil: Date; limit: number },
) {
  const due = db
    .select({ id: media.id })
    .from(media)
    .where(
      sql`${media.status} = 'owed' and ${media.fetchAfter} <= ${input.now.toISOString()}::timestamptz`,
    )
    .orderBy(media.fetchAfter)
    .limit(input.limit)
    .for("update", { skipLocked: true });
  return db
    .with(db.$with("due").as(due))
    .update(media)
    .set({ fetchAfter: input.leaseUntil, fetchAttempts: sql`${media.fetchAttempts} + 1` })
    .from(messages)
    .innerJoin(accounts, eq(accounts.id, messages.accountId))
    .where(and(eq(messages.id, media.messageId), sql`${media.id} in (select id from due)`))
    .returning({
      id: media.id,
      workspaceId: media.workspaceId,
      messageId: messages.id,
      sourceUrl: media.sourceUrl,
      contentType: media.contentType,
      fetchAttempts: media.fetchAttempts,
      account: {
        id: accounts.id,
        provider: accounts.provider,
        sid: accounts.sid,
        tokenSealed: accounts.tokenSealed,
        apiOrigin: accounts.apiOrigin,
      },
    });
}

export type ClaimedMedia = Awaited<ReturnType<typeof claimOwedMedia>>[number];

/** The claim this result belongs to; another attempt's result is not ours to overwrite. */
type Claim = Pick<ClaimedMedia, "id" | "messageId" | "fetchAttempts">;

/** Records the fetched file. Returns the conversation to announce; null when the claim was lost. */
export async function storeFetchedMedia(
  db: Database,
  input: { claim: Claim; file: NewFile; blobId: string },
): Promise<string | null> {
  return db.transaction(async (tx) => {
    await insertBlob(tx, { ...input.file, blobId: input.blobId });
    const isOurs = await settle(tx, input.claim, {
      status: "stored",
      contentType: input.file.contentType,
      size: input.file.bytes.length,
      width: input.file.width,
      height: input.file.height,
      blobId: input.blobId,
      fetchAfter: null,
      error: null,
    });
    if (isOurs) return touchConversation(tx, input.claim.messageId);
    await tx.delete(blobs).where(eq(blobs.id, input.blobId));
    return null;
  });
}

/** Records that the file cannot be had. Returns the conversation to announce. */
export async function failMedia(
  db: Database,
  input: { claim: Claim; error: string },
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const change = { status: "failed" as const, fetchAfter: null, error: input.error };
    return (await settle(tx, input.claim, change))
      ? touchConversation(tx, input.claim.messageId)
      : null;
  });
}

/** Records a failure that may pass, and when to try again. */
export async function postponeMedia(
  db: Database,
  input: { claim: Claim; error: string; fetchAfter: Date },
) {
  await settle(db, input.claim, { fetchAfter: input.fetchAfter, error: input.error });
}

async function settle(db: Database, claim: Claim, change: Partial<typeof media.$inferInsert>) {
  const rows = await db
    .update(media)
    .set(change)
    .where(
      and(
        eq(media.id, claim.id),
        eq(media.status, "owed"),
        eq(media.fetchAttempts, claim.fetchAttempts),
      ),
    )
    .returning({ id: media.id });
  return rows.length > 0;
}

async function touchConversation(db: Database, messageId: string): Promise<string | null> {
  const [row] = await db
    .update(conversations)
    .set({ revision: sql`${conversations.revision} + 1` })
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(conversations.id, messages.conversationId)))
    .returning({ id: conversations.id });
  return row?.id ?? null;
}

async function insertBlob(db: Database, file: NewFile & { blobId: string }) {
  await db.insert(blobs).values({
    id: file.blobId,
    workspaceId: file.workspaceId,
    bytes: file.bytes,
    size: file.bytes.length,
    contentType: file.contentType,
    sha256: createHash("sha256").update(file.bytes).digest("hex"),
    createdAt: file.now,
  });
}
