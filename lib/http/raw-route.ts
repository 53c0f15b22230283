import type { RawRequest, RawResponse } from "./raw";

type RawDoor = (request: RawRequest) => Promise<RawResponse>;

/**
 * Next's route handler around a raw door. Reads at most one byte over `maxBytes`, so that the door
 * sees that a body is too large without it being held in memory.
 */
export async function answerRaw(
  request: Request,
  maxBytes: number,
  door: RawDoor,
): Promise<Response> {
  const url = new URL(request.url);
  const answer = await door({
    method: request.method,
    url: url.pathname + url.search,
    headers: Object.fromEntries(request.headers),
    body: await readAtMost(request.body, maxBytes + 1),
    remoteAddress: null,
  });
  const { status, headers } = answer;
  // A 204 with a body, were it an empty one, is refused by Response.
  return new Response(status === 204 ? null : answer.body, { status, headers: { ...headers } });
}

async function readAtMost(stream: ReadableStream<Uint8Array> | null, limit: number) {
  if (!stream) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limit) break;
  }
  return Buffer.concat(chunks, Math.min(size, limit));
}
