import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest } from "inngest";
import { serve } from "inngest/node";
import type { Log } from "../../lib/ports/log";

export const EVENT_KEY = "test-event-key";
export const SIGNING_KEY = `signkey-test-${"ab".repeat(32)}`;

export type Lines = { level: string; fields: Record<string, unknown>; message: string }[];

/** A log that remembers. */
export function recordingLog(lines: Lines = []): Log & { lines: Lines } {
  const write = (level: string) => (fields: Record<string, unknown>, message: string) => {
    lines.push({ level, fields, message });
  };
  return {
    lines,
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
}

/** A promise to be settled from outside: how tests wait for something instead of sleeping. */
export function signal<T = void>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

type Functions = Parameters<typeof serve>[0]["functions"];

/** A real serve handler of the SDK over HTTP, in cloud mode with the test's keys. */
export async function startApp(
  define: (client: Inngest) => Functions,
  { baseUrl, port = 0 }: { baseUrl: string; port?: number },
) {
  const log = recordingLog();
  const client = new Inngest({
    id: "test",
    baseUrl,
    isDev: false,
    checkpointing: false,
    eventKey: EVENT_KEY,
    signingKey: SIGNING_KEY,
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  const handler = serve({ client, functions: define(client), enableUnauthedSync: false });
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/api/inngest")) void handler(request, response);
    else response.writeHead(404).end();
  });
  await listen(server, port);
  return { client, log, url: originOf(server), stop: () => close(server) };
}

function quiet() {}

export async function listen(server: Server, port: number) {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

export function originOf(server: Server) {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function close(server: Server) {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
