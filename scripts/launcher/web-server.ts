import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { secureExchange } from "../../lib/http/csp";
import { isLoopback, type LaunchOptions, Refusal } from "./options";
import { createLoadShedder, type LoadShedder } from "./shed-load";

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;
/** null: not one of its paths. */
type Lane = (request: IncomingMessage, response: ServerResponse) => Promise<void> | null;

type Routes = {
  next: Handler;
  /** Webhooks, whose answers are for machines alone. */
  fastLane: Lane | null;
  /** Doors of the API that are answered without Next. */
  apiLane: Lane | null;
};

export type WebServer = {
  server: Server;
  /** From now on requests are answered; until then with 503. */
  open: (routes: Routes) => void;
  /** Answers 503 in place of everything that needs the database, while it is gone. */
  shedder: LoadShedder;
  /** Refuses new connections, lets requests end for at most `graceMs`, closes the rest. */
  close: (graceMs: number) => Promise<void>;
};

/** Paths that a `ROLE=worker` serves. */
const WORKER_PATHS = ["/api/inngest", "/api/health"];

/**
 * Takes the port at once, so that a taken one is known before anything else starts.
 *
 * @throws {Refusal} when the port is taken or HOST is not an address of this machine.
 */
export async function listen(options: LaunchOptions): Promise<WebServer> {
  let handle: Handler = answerStarting;
  const server = createServer((request, response) => handle(request, response));
  // Longer than a balancer keeps idle connections, so that it never picks one we are closing.
  server.keepAliveTimeout = 65_000;
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await bind(server, options);
  const shedder = createLoadShedder();
  return {
    server,
    shedder,
    open: (routes) => {
      const route = createRouter(options, routes);
      handle = (request, response) =>
        shedder.admit(request, response) ? route(request, response) : undefined;
    },
    close: (graceMs) => closeServer(server, sockets, graceMs),
  };
}

function bind(server: Server, { env }: LaunchOptions) {
  return new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(bindRefusal(error, env)));
    server.listen(env.PORT, env.HOST, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

function bindRefusal(error: NodeJS.ErrnoException, { HOST, PORT }: LaunchOptions["env"]) {
  switch (error.code) {
    case "EADDRINUSE":
      return new Refusal(
        `PORT: ${PORT} is taken on ${HOST}; end what uses it, or choose another: PORT=${PORT + 1}`,
      );
    case "EACCES":
      return new Refusal(`PORT: ${PORT} may not be used by this account; choose one above 1023`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new Refusal(`HOST: ${HOST} is not an address of this machine`);
    default:
      return error;
  }
}

function createRouter(options: LaunchOptions, { next, fastLane, apiLane }: Routes): Handler {
  const { host, protocol } = new URL(options.appUrl);
  const isSecure = protocol === "https:";
  const isWorker = options.env.ROLE === "worker";
  return (request, response) => {
    if (isWorker && !WORKER_PATHS.includes(pathOf(request))) return answerNotFound(response);
    if (fastLane?.(request, response)) return;
    if (isOtherLoopbackName(request, options.appUrl)) return sendHome(request, response, options);
    // Next compares the origin of an action with these: the public address counts, not our port.
    request.headers["x-forwarded-host"] = host;
    request.headers["x-forwarded-proto"] = protocol.slice(0, -1);
    // Whose socket it is, for the sign-in limit: no browser can say it of itself.
    request.headers["x-socket-address"] = request.socket.remoteAddress;
    // Where a sign-in leads back to.
    request.headers["x-page-path"] = request.method === "GET" ? request.url : "/";
    if (!request.url?.startsWith("/_next/")) {
      secureExchange(request, response, { isDevelopment: options.isDevelopment, isSecure });
    }
    return apiLane?.(request, response) ?? next(request, response);
  };
}

/**
 * `localhost` and `127.0.0.1` are two origins to a browser: a session of one is unknown to the
 * other. Who opens a page by the other name is sent to the one that APP_URL says.
 */
function isOtherLoopbackName(request: IncomingMessage, appUrl: string) {
  const { host: asked, accept } = request.headers;
  if (request.method !== "GET" || !asked || !accept?.includes("text/html")) return false;
  const { host, hostname } = new URL(appUrl);
  return asked !== host && isLoopback(hostname) && isLoopback(asked.replace(/:\d+$/, ""));
}

function sendHome(request: IncomingMessage, response: ServerResponse, { appUrl }: LaunchOptions) {
  // The path alone: an absolute one in the request line must not choose where we redirect to.
  const { pathname, search } = new URL(request.url ?? "/", appUrl);
  response.writeHead(307, { location: `${appUrl}${pathname}${search}` }).end();
}

function answerStarting(request: IncomingMessage, response: ServerResponse) {
  // To a job engine an app that starts is an app that is away: it comes back and says nothing.
  if (pathOf(request) === "/api/inngest") return request.socket.destroy();
  response.writeHead(503, { "content-type": "text/plain; charset=utf-8", "retry-after": "2" });
  response.end("Carillon is starting\n");
}

function answerNotFound(response: ServerResponse) {
  response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not found\n");
}

function pathOf(request: IncomingMessage) {
  return request.url?.split("?")[0] ?? "";
}

/** Between two looks for connections that have fallen idle. */
const GLANCE_MS = 50;

/**
 * Waits for requests alone: not for a kept connection whose answer has ended meanwhile, nor for one that
 * a browser or a pool has opened in advance and never used, which Node counts as busy.
 */
async function closeServer(server: Server, sockets: Set<Socket>, graceMs: number) {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const closeUnused = () => {
    server.closeIdleConnections();
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
  closeUnused();
  const glances = setInterval(closeUnused, GLANCE_MS);
  const limit = new AbortController();
  await Promise.race([
    closed,
    sleep(graceMs, undefined, { signal: limit.signal }).catch(() => undefined),
  ]);
  limit.abort();
  clearInterval(glances);
  server.closeAllConnections();
}
