import { findBench, refusal } from "../../gate";

export const dynamic = "force-dynamic";

const PAUSE_MS = 80;

/** Rings whenever something happened in the phone network; the screen then reads what it may see. */
export async function GET(request: Request): Promise<Response> {
  const bench = await findBench();
  if (bench instanceof Response) return bench;
  const upstream = await bench.control.events(request.signal).catch(() => null);
  if (!upstream?.body) return refusal(503, "unavailable");
  return new Response(upstream.body.pipeThrough(ringOnly()), {
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" },
  });
}

/** Turns a stream of whole messages into one `changed` per pause: no data, so nothing to filter. */
function ringOnly(): TransformStream<Uint8Array, Uint8Array> {
  const encoder = new TextEncoder();
  const bell = encoder.encode("data: changed\n\n");
  let timer: NodeJS.Timeout | null = null;
  return new TransformStream({
    start(controller) {
      controller.enqueue(encoder.encode("retry: 1000\n\n"));
      controller.enqueue(bell);
    },
    transform(_chunk, controller) {
      timer ??= setTimeout(() => {
        timer = null;
        controller.enqueue(bell);
      }, PAUSE_MS);
    },
    flush() {
      if (timer) clearTimeout(timer);
    },
  });
}
