import { z } from "zod";
import { id, idParams } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { MAX_UPLOAD_BYTES } from "@/lib/outbound/store-upload";

/** Boundaries and headers of a multipart body. */
const ENVELOPE_BYTES = 64 * 1024;

export const media = z
  .object({
    id,
    contentType: z.string().meta({ description: "What the bytes say" }),
    size: z.number().int().meta({ description: "Bytes" }),
    fileName: z.string().nullable(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
  })
  .meta({ id: "Media" });

export const uploadMedia = defineOperation({
  method: "POST",
  path: "/media",
  tag: "Media",
  summary: "Upload a file to send",
  description: "multipart/form-data with one `file`: pictures up to 5 MB, others up to 16 MB.",
  role: "agent",
  scope: "messages:write",
  upload: true,
  maxBytes: MAX_UPLOAD_BYTES + ENVELOPE_BYTES,
  response: { status: 201, description: "Pass its id in `mediaIds`", schema: media },
  refusals: [
    { status: 422, code: "media_empty" },
    { status: 422, code: "media_type_not_allowed" },
    { status: 413, code: "media_too_large" },
  ],
  isIdempotent: true,
});

export const getMedia = defineOperation({
  method: "GET",
  path: "/media/{id}",
  tag: "Media",
  summary: "The bytes of a file, received or uploaded",
  description: "Understands `Range`.",
  role: "agent",
  scope: "messages:read",
  params: idParams,
  response: { status: 200, description: "The file", contentType: "application/octet-stream" },
});
