import type { ThreadMedia } from "@/lib/domain/inbox";

export type Uploaded =
  | { ok: true; media: ThreadMedia }
  /** `code`: the server's machine word, or `unreachable`, or `aborted`. */
  | { ok: false; code: string; detail: string | null };

/** Sends one file to our own server. XMLHttpRequest, since fetch tells no upload progress. */
export function uploadFile(
  file: File,
  input: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<Uploaded> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/media");
    request.responseType = "text";
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) input.onProgress(event.loaded / event.total);
    };
    request.onload = () => resolve(toUploaded(request, file));
    request.onerror = () => resolve({ ok: false, code: "unreachable", detail: null });
    request.onabort = () => resolve({ ok: false, code: "aborted", detail: null });
    input.signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  });
}

function toUploaded(request: XMLHttpRequest, file: File): Uploaded {
  const body = parse(request.responseText);
  if (request.status >= 200 && request.status < 300 && typeof body.id === "string") {
    const media = {
      id: body.id,
      status: "stored" as const,
      contentType: word(body.contentType) ?? file.type,
      fileName: word(body.fileName) ?? file.name,
      size: count(body.size) ?? file.size,
      width: count(body.width),
      height: count(body.height),
    };
    return { ok: true, media };
  }
  const fallback = request.status === 413 ? "payload_too_large" : "unexpected";
  return { ok: false, code: word(body.code) ?? fallback, detail: word(body.detail) };
}

function parse(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
}

function word(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function count(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
