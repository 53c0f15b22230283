import { and, asc, eq, inArray, isNull, or } from "drizzle-orm";
import type { Scope } from "../../lib/domain/viewer";
import type { Database } from "../client";
import { blobs, media, messages } from "../schema";

export type StoredFile = { bytes: Buffer; contentType: string; fileName: string | null };

/**
 * A file's bytes, if the scope may see its message; a file just uploaded belongs to no message yet and
 * is readable within its workspace. null: not there, not stored yet, or not theirs to see.
 */
export async function readMedia(
  db: Database,
  scope: Scope,
  mediaId: string,
): Promise<StoredFile | null> {
  const isVisible =
    scope.integrations === "all"
      ? undefined
      : or(isNull(media.messageId), inArray(messages.integrationId, [...scope.integrations]));
  const [row] = await db
    .select({ bytes: blobs.bytes, contentType: blobs.contentType, fileName: media.fileName })
    .from(media)
    .innerJoin(blobs, eq(blobs.id, media.blobId))
    .leftJoin(messages, eq(messages.id, media.messageId))
    .where(
      and(
        eq(media.workspaceId, scope.workspaceId),
        eq(media.id, mediaId),
        eq(media.status, "stored"),
        isVisible,
      ),
    );
  return row ?? null;
}

/** The files of a message in their order. */
export async function mediaIdsOf(
  db: Database,
  { workspaceId, messageId }: Pick<Scope, "workspaceId"> & { messageId: string },
): Promise<string[]> {
  const rows = await db
    .select({ id: media.id })
    .from(media)
    .where(and(eq(media.workspaceId, workspaceId), eq(media.messageId, messageId)))
    .orderBy(asc(media.position));
  return rows.map((row) => row.id);
}
