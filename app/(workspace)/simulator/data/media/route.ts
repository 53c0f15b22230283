import { callerFromRequest } from "@/lib/auth/caller";
import { getDeps } from "@/lib/runtime";
import { findBench, refusal } from "../../gate";
import { readView } from "../../read-view";

export const dynamic = "force-dynamic";

const MAX_BYTES = 16 * 1_048_576;
/** What a browser may show in place; everything else is only ever saved. */
const SHOWN = /^(image\/(png|jpeg|gif|webp)|audio\/[\w.+-]+|video\/(mp4|webm|3gpp))$/;

/** A file of the chosen phone's messages: `?phone=+33…&sid=ME…`. */
export async function GET(request: Request): Promise<Response> {
  const bench = await findBench();
  if (bench instanceof Response) return bench;
  const query = new URL(request.url).searchParams;
  const { thread } = await readView(bench, { phone: query.get("phone"), mail: null });
  const media = thread.messages
    .flatMap((message) => message.media)
    .find((one) => one.sid === query.get("sid"));
  if (!media) return refusal(404, "not_found");
  const file = await bench.control.media(media.sid, media.contentType);
  if (!file.ok) return refusal(404, "not_found");
  return new Response(file.body, {
    headers: {
      "content-type": media.contentType,
      "content-disposition": SHOWN.test(media.contentType) ? "inline" : "attachment",
      "x-content-type-options": "nosniff",
      "cache-control": "private, max-age=3600",
    },
  });
}

/** Hands a file to the phone, to be sent with its next text. The body is the file itself. */
export async function POST(request: Request): Promise<Response> {
  const bench = await findBench();
  if (bench instanceof Response) return bench;
  const called = await callerFromRequest(getDeps(), request);
  if (!called.ok) return refusal(called.status, called.code);
  if (Number(request.headers.get("content-length") ?? Number.NaN) > MAX_BYTES) {
    return refusal(413, "too_large");
  }
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length === 0 || bytes.length > MAX_BYTES) return refusal(413, "too_large");
  const type = request.headers.get("content-type") ?? "application/octet-stream";
  const name = new URL(request.url).searchParams.get("fileName");
  return Response.json(await bench.control.upload(bytes, type, name));
}
