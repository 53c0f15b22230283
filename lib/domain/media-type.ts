/** Content types by their first bytes; `at` is the offset. */
const SIGNATURES: readonly { type: string; at: number; bytes: readonly number[] }[] = [
  { type: "image/jpeg", at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: "image/png", at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: "image/gif", at: 0, bytes: ascii("GIF8") },
  { type: "image/webp", at: 8, bytes: ascii("WEBP") },
  { type: "image/heic", at: 4, bytes: ascii("ftyphei") },
  { type: "image/heic", at: 4, bytes: ascii("ftypmif1") },
  { type: "image/avif", at: 4, bytes: ascii("ftypavif") },
  { type: "application/pdf", at: 0, bytes: ascii("%PDF-") },
  { type: "audio/ogg", at: 0, bytes: ascii("OggS") },
  { type: "audio/amr", at: 0, bytes: ascii("#!AMR") },
  { type: "audio/wav", at: 8, bytes: ascii("WAVE") },
  { type: "audio/mpeg", at: 0, bytes: ascii("ID3") },
  { type: "audio/mp4", at: 4, bytes: ascii("ftypM4A") },
  { type: "video/quicktime", at: 4, bytes: ascii("ftypqt") },
  { type: "video/3gpp", at: 4, bytes: ascii("ftyp3g") },
  { type: "video/mp4", at: 4, bytes: ascii("ftyp") },
  { type: "video/webm", at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  { type: "text/vcard", at: 0, bytes: ascii("BEGIN:VCARD") },
  { type: "application/zip", at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
];

/** Office documents are archives: only what the sender says tells them apart. */
const ZIPPED = new Set([
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "application/vnd.oasis.opendocument.text",
  "application/vnd.oasis.opendocument.spreadsheet",
]);
/** One container, several names: the claim may choose among them. */
const SAME_CONTAINER: Readonly<Record<string, readonly string[]>> = {
  "audio/ogg": ["audio/opus", "video/ogg"],
  "video/mp4": ["audio/mp4", "audio/aac", "audio/m4a"],
  "video/3gpp": ["audio/3gpp", "video/3gpp2"],
  "video/webm": ["audio/webm"],
  "image/heic": ["image/heif"],
};

const UNKNOWN_TYPE = "application/octet-stream";

/**
 * The content type of a file as its bytes show it. The claim (with or without parameters) is believed
 * only where bytes cannot contradict it; everything else is `application/octet-stream`, which
 * is never rendered by a browser.
 */
export function detectMediaType(bytes: Uint8Array, claimed: string | null): string {
  const claim = bareContentType(claimed);
  const found = SIGNATURES.find((signature) => startsWith(bytes, signature))?.type;
  if (found === "application/zip") return ZIPPED.has(claim) ? claim : found;
  if (found) return SAME_CONTAINER[found]?.includes(claim) ? claim : found;
  if (isMpegAudio(bytes)) return claim === "audio/aac" ? claim : "audio/mpeg";
  return isPlainText(bytes) && (claim === "text/plain" || claim === "text/csv")
    ? claim
    : UNKNOWN_TYPE;
}

/** `image/JPEG; name=x` → `image/jpeg`. */
export function bareContentType(contentType: string | null): string {
  return (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** May a browser show it in place? What can carry script never. */
export function isShownInline(contentType: string): boolean {
  const type = bareContentType(contentType);
  if (type === "application/pdf") return true;
  return /^(?:image|audio|video)\//.test(type) && !type.includes("svg");
}

function startsWith(data: Uint8Array, { at, bytes }: { at: number; bytes: readonly number[] }) {
  return data.length >= at + bytes.length && bytes.every((byte, i) => data[at + i] === byte);
}

/** A frame header: eleven set bits, and a layer that exists (or ADTS). */
function isMpegAudio(data: Uint8Array): boolean {
  return (
    data.length > 3 && data[0] === 0xff && ((data[1] ?? 0) & 0xe0) === 0xe0 && data[1] !== 0xff
  );
}

function isPlainText(data: Uint8Array): boolean {
  return data
    .subarray(0, 4096)
    .every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13);
}

function ascii(text: string): readonly number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}
