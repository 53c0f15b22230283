import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  params: Record<string, string>;
};

type Answer =
  | { status: number; body?: string; headers?: Record<string, string> }
  | "hang"
  | "reset";

/** An app as the phone network sees it: takes webhooks, keeps them, answers as the test says. */
export async function openWebhookSink() {
  const received: Received[] = [];
  const waiting: (() => void)[] = [];
  const sink = {
    url: "",
    received,
    answer: (_one: Received): Answer => ({ status: 200, body: "<Response/>" }),
    /** Files to be had by GET, by path. */
    files: new Map<string, { type: string; bytes: Buffer }>(),
    /** Resolves when so many requests that match have come. */
    async until(count: number, matches: (one: Received) => boolean = () => true) {
      while (received.filter(matches).length < count) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return received.filter(matches);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (request.method === "GET") {
      const file = sink.files.get(path);
      response.writeHead(file ? 200 : 404, { "content-type": file?.type ?? "text/plain" });
      response.end(file?.bytes);
      return;
    }
    const body = Buffer.concat(parts).toString("utf8");
    const params = Object.fromEntries(new URLSearchParams(body));
    const one = { path, headers: request.headers, body, params };
    received.push(one);
    for (const wake of waiting.splice(0)) wake();
    const answer = sink.answer(one);
    if (answer === "hang") return;
    if (answer === "reset") return void request.socket.resetAndDestroy();
    response.writeHead(answer.status, { "content-type": "text/xml", ...answer.headers });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  sink.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return sink;
}

export type WebhookSink = Awaited<ReturnType<typeof openWebhookSink>>;
