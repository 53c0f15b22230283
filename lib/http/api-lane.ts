import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { Log } from "../ports/log";
import type { RouteHandler } from "./api";

/** Bytes of a body that are gathered at once; a longer one, or one of unknown length, is read as it comes. */
const SMALL_BYTES = 64 * 1024;

/**
 * Answers what systems post to most without Next, whose share of the processor's time is larger than that
 * of the work itself. The same handlers as Next's route files export, behind the same headers; its answers
 * are not compressed.
 *
 * @param doors by path, such as `/api/v1/events`: what answers a POST to it
 * @param origin of the app, as handlers read it in the address of a request
 * @returns null when the request is none of these; hand it to Next then.
 */
export function createApiLane(
  doors: Readonly<Record<string, RouteHandler>>,
  { origin, log }: { origin: string; log: Log },
) {
  const paths = new Map(Object.entries(doors));
  return (request: IncomingMessage, response: ServerResponse): Promise<void> | null => {
    if (request.method !== "POST" || !request.url) return null;
    const [path = ""] = request.url.split("?");
    const door = paths.get(path);
    if (!door) return null;
    // Handlers answer their own faults: what comes here is a connection that broke off.
    return answer(door, { request, response, origin }).catch((error: unknown) => {
      log.warn({ error: String(error), path }, "[HTTP] an answer could not be given");
      response.destroy();
    });
  };
}

type Exchange = { request: IncomingMessage; response: ServerResponse; origin: string };

async function answer(door: RouteHandler, { request, response, origin }: Exchange) {
  const headers = headersOf(request);
  const body = await bodyOf(request);
  if (body === null) return;
  const url = new URL(request.url ?? "/", origin);
  // Node asks for `duplex` where a body is a stream; the DOM's types do not know it.
  const asked = { method: "POST", headers, body, duplex: "half" };
  const answered = await door(new Request(url, asked), { params: Promise.resolve({}) });
  const bytes = Buffer.from(await answered.arrayBuffer());
  response.statusCode = answered.status;
  response.setHeaders(answered.headers);
  response.setHeader("content-length", bytes.length);
  // What is not read to its end would be taken for the next request.
  if (!request.complete) response.setHeader("connection", "close");
  response.end(bytes);
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  }
  return headers;
}

/** null: who asked has gone before all of it was there. */
async function bodyOf(
  request: IncomingMessage,
): Promise<Buffer<ArrayBuffer> | ReadableStream | null> {
  const length = Number(request.headers["content-length"]);
  if (!(length <= SMALL_BYTES)) return Readable.toWeb(request) as ReadableStream;
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}
