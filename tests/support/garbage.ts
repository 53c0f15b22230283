import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const TEN_MB = 10 * 1024 * 1024;
const PAGE = "<!doctype html><html><body><h1>We will be back soon</h1></body></html>";

/** What a provider's server, or what stands before it, may answer in the place of an answer. */
export const GARBAGE = {
  "a page of a proxy": say("text/html", PAGE),
  "nothing at all": say("application/json", ""),
  "a page that says it is JSON": say("application/json", PAGE),
  "JSON that is cut off": say("application/json", '{"sid":"SM1","messages":[{"sid":"S'),
  "XML that is cut off": say("text/xml", "<PublishResponse><PublishResult><Mess"),
  null: say("application/json", "null"),
  "an empty list": say("application/json", "[]"),
  "a bare word": say("application/json", '"SM1"'),
  "an object of nothing": say("application/json", "{}"),
  "fields of other kinds": say(
    "application/json",
    '{"sid":{},"status":[7],"num_segments":{},"messages":{},"media_list":7,"incoming_phone_numbers":null}',
  ),
  "rows of other kinds": say(
    "application/json",
    '{"messages":[null,7],"media_list":[{}],"incoming_phone_numbers":[7],"contents":[{"types":null}]}',
  ),
  "bytes that are no text": say("application/json", Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28])),
  "a body that claims to be packed": say("application/json", "no gzip", {
    "content-encoding": "gzip",
  }),
  "10 MB of a page": say("text/html", Buffer.alloc(TEN_MB, "<p>")),
  "10 MB of white space before an end that is missing": say(
    "application/json",
    Buffer.alloc(TEN_MB, " "),
  ),
} satisfies Record<string, RequestListener>;

function say(type: string, body: string | Buffer, more: Record<string, string> = {}) {
  return (_: unknown, response: ServerResponse) => {
    response.writeHead(200, { "content-type": type, ...more });
    response.end(body);
  };
}

/** A server that answers everything like this, until it is closed. */
export async function openGarbageServer(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/**
 * A body without end, as fast as it is taken.
 *
 * @returns what to answer with, and how many bytes were handed to the connection before it was closed
 */
export function endless(type: string) {
  let close = (_: number) => undefined as unknown;
  const taken = new Promise<number>((resolve) => {
    close = resolve;
  });
  const chunk = Buffer.alloc(64 * 1024, " ");
  const listener: RequestListener = (_, response) => {
    let written = 0;
    response.writeHead(200, { "content-type": type });
    const more = () => {
      do written += chunk.length;
      while (response.write(chunk));
    };
    response.on("drain", more);
    response.on("close", () => close(written));
    more();
  };
  return { listener, taken };
}
