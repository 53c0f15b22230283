import { apiRoute, invalid } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { storeUpload } from "@/lib/outbound/store-upload";
import * as operations from "./schema";

const upload = apiRoute(operations.uploadMedia, async ({ deps, caller, body, request }) => {
  const file = await readFile(body, request.headers.get("content-type"));
  if (!file) {
    const message = "Send multipart/form-data with one part named `file`";
    return { problem: invalid([{ path: "file", message }]) };
  }
  const outcome = await storeUpload(deps, {
    workspaceId: caller.workspaceId,
    userId: caller.actor.kind === "user" ? caller.actor.userId : null,
    fileName: file.name || null,
    contentType: file.type || null,
    bytes: Buffer.from(await file.arrayBuffer()),
  });
  if (outcome.kind === "refused") {
    const { code, message } = outcome;
    if (code === "media_too_large") return { problem: { status: 413, code, detail: message } };
    return { problem: invalid([{ path: "file", message }], code) };
  }
  const { media } = outcome;
  return { status: 201, body: media, headers: { location: `/api/v1/media/${media.id}` } };
});

/** The wrapper has read the bytes, up to their limit; the platform takes the parts out of them. */
async function readFile(bytes: unknown, contentType: string | null): Promise<File | null> {
  if (!(bytes instanceof Buffer) || !contentType?.startsWith("multipart/form-data")) return null;
  const body = new Uint8Array(bytes);
  const form = await new Response(body, { headers: { "content-type": contentType } })
    .formData()
    .catch(() => null);
  const file = form?.get("file");
  return file instanceof File ? file : null;
}

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: upload });
