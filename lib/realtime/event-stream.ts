import type { LiveEvent } from "../domain/inbox";

/** A client may be this many bytes behind before it is given up. */
const MAX_BEHIND = 1_000_000;
/** What the browser waits before it comes back. Milliseconds. */
const RETRY_MS = 1000;

export type EventStream = {
  readonly body: ReadableStream<Uint8Array>;
  /** @returns false when the reader is too far behind, or gone */
  send(event: LiveEvent): boolean;
  close(): void;
};

/**
 * A stream of server-sent events (WHATWG HTML, "Server-sent events"). Every event carries an id, so
 * that a browser that comes back says so by `Last-Event-ID`.
 */
export function openEventStream(onEnd: () => void): EventStream {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let count = 0;
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
    send(event) {
      if (!controller || (controller.desiredSize ?? 0) <= 0) return false;
      count += 1;
      controller.enqueue(encoder.encode(`id: ${count}\ndata: ${JSON.stringify(event)}\n\n`));
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
