import type { LiveEvent } from "../domain/inbox";

/** A client may be this many bytes behind before it is given up. */
const MAX_BEHIND = 1_000_000;
/** What the browser waits before it comes back. Milliseconds. */
const RETRY_MS = 1000;

/** Events as they travel. Made once for all who get the same: encoding for each would cost the most. */
export type EncodedEvents = Uint8Array;

const encoder = new TextEncoder();

/**
 * @param events each as JSON. Every one carries an id, the same: it is there so that a browser that
 *   comes back says so by `Last-Event-ID`.
 */
export function encodeEvents(events: readonly string[]): EncodedEvents {
  return encoder.encode(events.map((json) => `id: live\ndata: ${json}\n\n`).join(""));
}

/** One event for everybody. */
export function encodeEvent(event: LiveEvent): EncodedEvents {
  return encodeEvents([JSON.stringify(event)]);
}

export type EventStream = {
  readonly body: ReadableStream<Uint8Array>;
  /** @returns false when the reader is too far behind, or gone */
  send(events: EncodedEvents): boolean;
  close(): void;
};

/** A stream of server-sent events (WHATWG HTML, "Server-sent events"). */
export function openEventStream(onEnd: () => void): EventStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        opened.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
      },
      cancel() {
        controller = null;
        onEnd();
      },
    },
    { highWaterMark: MAX_BEHIND, size: (chunk) => chunk.byteLength },
  );
  return {
    body,
    send(events) {
      if (!controller || (controller.desiredSize ?? 0) <= 0) return false;
      controller.enqueue(events);
      return true;
    },
    close() {
      const open = controller;
      controller = null;
      open?.close();
      if (open) onEnd();
    },
  };
}
