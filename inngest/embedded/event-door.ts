import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { acceptEvents, type EngineEvent } from "./accept-events";

type Options = { eventKey: string; onEvents: (events: EngineEvent[]) => void };

/** Bytes of one send; the real server's bound for one event is 512 kB, a batch of ours is far smaller. */
const MAX_BODY = 3_000_000;

/** The server that takes events in: `POST /e/<key>`. Not listening yet. */
export function createEventDoor(options: Options): Server {
  return createServer((request, response) => {
    answer(request, response, options).catch(() => {
      // The sender hung up in the middle of its own request: nobody is left to answer.
      response.destroy();
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, options: Options) {
  const match = /^\/e\/([^/?]+)$/.exec(request.url ?? "");
  if (!match?.[1]) return reply(response, 404, { status: 404, error: "not found" });
  if (request.method !== "POST") return reply(response, 405, { status: 405, error: "use POST" });
  if (!isSame(decodeURIComponent(match[1]), options.eventKey)) {
    return reply(response, 401, { status: 401, error: "Event key not found" });
  }
  const text = await readBody(request);
  if (text === null) return reply(response, 413, { status: 413, error: "payload too large" });
  const seed = request.headers["x-inngest-event-id-seed"];
  const accepted = acceptEvents(text, Array.isArray(seed) ? seed[0] : seed, Date.now());
  if (!accepted.ok) {
    return reply(response, 400, { ids: [""], status: 400, error: accepted.error });
  }
  options.onEvents(accepted.events);
  return reply(response, 200, { ids: accepted.ids, status: 200 });
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  return size > MAX_BODY ? null : Buffer.concat(chunks).toString("utf8");
}

function reply(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
