import { findBench, refusal } from "../../gate";

export const dynamic = "force-dynamic";

const PAUSE_MS = 80;

/** Rings whenever something happened in the phone network; the screen then reads what it may see. */
export async function GET(): Promise<Response> {
  const bench = await findBench();
  if (bench instanceof Response) return bench;
  const listening = new AbortController();
  const upstream = await bench.control.events(listening.signal).catch(() => null);
  if (!upstream?.body) return refusal(503, "unavailable");
  return new Response(ringOnly(upstream.body, listening), {
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" },
  });
}

/** Turns a stream of whole messages into one `changed` per pause: no data, so nothing to filter. */
function ringOnly(
  upstream: ReadableStream<Uint8Array>,
  listening: AbortController,
): ReadableStream<Uint8Array> {
  const bell = new TextEncoder().encode("retry: 1000\ndata: changed\n\n");
  let timer: NodeJS.Timeout | null = null;
  const end = () => {
    if (timer) clearTimeout(timer);
    listening.abort();
  };
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bell);
      const ring = () => {
        timer ??= setTimeout(() => {
          timer = null;
          controller.enqueue(bell);
        }, PAUSE_MS);
      };
      void follow(upstream, ring).then(() => {
        const isOurs = listening.signal.aborted;
        end();
        // The network has gone: the browser comes back by itself.
        if (!isOurs) controller.close();
      });
    },
    cancel: end,
  });
}

/** Resolves when the stream has ended, in good order or not. */
async function follow(upstream: ReadableStream<Uint8Array>, ring: () => void) {
  const reader = upstream.getReader();
  try {
    while (!(await reader.read()).done) ring();
  } catch {
    // Cut off by us or by a network that ended: both are the end of the stream.
  }
}
