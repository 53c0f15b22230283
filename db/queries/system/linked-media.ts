import { and, eq } from "drizzle-orm";
import type { Database } from "../../client";
import { blobs, media } from "../../schema";
import type { StoredFile } from "../media";

/** An outbound file's bytes, for the holder of its signed link. */
export async function readLinkedMedia(db: Database, mediaId: string): Promise<StoredFile | null> {
  const [row] = await db
    .select({ bytes: blobs.bytes, contentType: blobs.contentType, fileName: media.fileName })
    .from(media)
    .innerJoin(blobs, eq(blobs.id, media.blobId))
    .where(and(eq(media.id, mediaId), eq(media.direction, "out"), eq(media.status, "stored")));
  return row ?? null;
}
