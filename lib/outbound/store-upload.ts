import { insertUpload } from "../../db/writes/media";
import { cleanText } from "../domain/clean-text";
import { readImageSize } from "../domain/image-size";
import { detectMediaType } from "../domain/media-type";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

export type UploadedMedia = {
  id: string;
  contentType: string;
  /** Bytes. */
  size: number;
  fileName: string | null;
  width: number | null;
  height: number | null;
};

export type UploadOutcome =
  | { kind: "stored"; media: UploadedMedia }
  | {
      kind: "refused";
      code: "media_empty" | "media_too_large" | "media_type_not_allowed";
      message: string;
    };

const MB = 1024 * 1024;
/** The largest file any channel takes (WhatsApp); doors read no more than this and a little. */
export const MAX_UPLOAD_BYTES = 16 * MB;
const MAX_IMAGE_BYTES = 5 * MB;

const ALLOWED =
  /^(?:image\/(?:jpeg|png|gif|webp)|audio\/(?:mpeg|ogg|opus|amr|mp4|aac|3gpp)|video\/(?:mp4|3gpp)|application\/pdf|text\/(?:plain|csv|vcard)|application\/vnd\.openxmlformats-officedocument\.(?:wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation))$/;

/**
 * R417: stores a file that an agent or an API client wants to send. Its type is what its bytes say, not
 * what is claimed; pictures up to 5 MB, what WhatsApp takes beside them up to 16 MB.
 */
export async function storeUpload(
  deps: Pick<Deps, "db" | "clock" | "chance">,
  input: {
    workspaceId: WorkspaceId;
    userId: string | null;
    fileName: string | null;
    contentType: string | null;
    bytes: Buffer;
  },
): Promise<UploadOutcome> {
  const { bytes, workspaceId, userId } = input;
  const contentType = detectMediaType(bytes, input.contentType);
  const refusal = refuse(bytes, contentType);
  if (refusal) return refusal;
  const pixels = readImageSize(bytes, contentType);
  const file = {
    id: deps.chance.uuid(),
    contentType,
    fileName: bareFileName(input.fileName),
    width: pixels?.width ?? null,
    height: pixels?.height ?? null,
  };
  const blobId = deps.chance.uuid();
  await insertUpload(deps.db, {
    ...file,
    workspaceId,
    bytes,
    userId,
    blobId,
    now: deps.clock.now(),
  });
  return { kind: "stored", media: { ...file, size: bytes.length } };
}

function refuse(bytes: Buffer, contentType: string): UploadOutcome | null {
  if (bytes.length === 0) {
    return { kind: "refused", code: "media_empty", message: "The file is empty" };
  }
  if (!ALLOWED.test(contentType)) {
    const message = `Files of this kind (${contentType}) cannot be sent: use a picture, a sound, an MP4 video, a PDF, an Office document, a text or a vCard`;
    return { kind: "refused", code: "media_type_not_allowed", message };
  }
  const isImage = contentType.startsWith("image/");
  const limit = isImage ? MAX_IMAGE_BYTES : MAX_UPLOAD_BYTES;
  if (bytes.length <= limit) return null;
  const message = `The file is over ${limit / MB} MB, the most a ${isImage ? "picture" : "file"} may have`;
  return { kind: "refused", code: "media_too_large", message };
}

/** The last part of a path, storable and short; browsers of old send whole paths. */
function bareFileName(fileName: string | null): string | null {
  const name =
    cleanText(fileName ?? "")
      .split(/[/\\]/)
      .at(-1) ?? "";
  const printable = name.replace(/\p{Cc}/gu, "").trim();
  return printable.slice(-120) || null;
}
