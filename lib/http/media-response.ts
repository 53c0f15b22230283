import { isShownInline } from "../domain/media-type";

export type ServedMedia = { bytes: Uint8Array; contentType: string; fileName: string | null };

/**
 * Serves a received or uploaded file: as what its bytes are, never sniffed, never as a page of ours,
 * in parts when a player asks for a range. `cacheSeconds` is for the one browser only.
 */
export function mediaResponse(
  request: { method: string; headers: Headers },
  file: ServedMedia,
  cacheSeconds = 3600,
): Response {
  const size = file.bytes.length;
  const headers = new Headers({
    ...mediaHeaders(file),
    "accept-ranges": "bytes",
    "cache-control": `private, max-age=${cacheSeconds}, immutable`,
  });
  const range = readRange(request.headers.get("range"), size);
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const part = range ? file.bytes.subarray(range.from, range.to + 1) : file.bytes;
  headers.set("content-length", String(part.length));
  if (range) headers.set("content-range", `bytes ${range.from}-${range.to}/${size}`);
  const body = request.method === "HEAD" ? null : new Uint8Array(part);
  return new Response(body, { status: range ? 206 : 200, headers });
}

function mediaHeaders({ contentType, fileName }: ServedMedia): Record<string, string> {
  const isInline = isShownInline(contentType);
  return {
    "content-type": contentType,
    "content-disposition": disposition(isInline ? "inline" : "attachment", fileName),
    "x-content-type-options": "nosniff",
    // A sandboxed page cannot open the browser's PDF viewer; a PDF has no access to ours anyway.
    "content-security-policy":
      contentType === "application/pdf" ? "default-src 'none'" : "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
  };
}

/** RFC 6266: an ASCII name for old readers, the real one in UTF-8. */
function disposition(kind: "inline" | "attachment", fileName: string | null): string {
  if (!fileName) return kind;
  const plain = fileName.replace(/[^\x20-\x7e]|["\\]/g, "_");
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, hexEscape);
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function hexEscape(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
}

type Range = { from: number; to: number };

/** One range of bytes; several, or ones we do not understand, are answered with the whole file. */
function readRange(header: string | null, size: number): Range | "unsatisfiable" | null {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return null;
  const from = first === "" ? Math.max(size - Number(last), 0) : Number(first);
  const to = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return from > to || from >= size ? "unsatisfiable" : { from, to };
}
