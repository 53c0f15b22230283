import { buildConnector, Pool } from "undici";

const CONNECT_TIMEOUT_MS = 4000;
/** Errors of name look-ups, connects and TLS handshakes: no byte of the request had left. */
const beforeRequest = new WeakSet<Error>();

/** Did this error of a request come before any byte of the request had left? */
export function isBeforeRequest(error: unknown): boolean {
  return error instanceof Error && beforeRequest.has(error);
}

const pools = new Map<string, Pool>();

/** The keep-alive connections to one origin, shared by all accounts there. */
export function poolOf(origin: string): Pool {
  const known = pools.get(origin);
  if (known) return known;
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS });
  const pool = new Pool(origin, {
    // As many as the slots of all accounts ask for: a create never waits for a connection.
    connections: null,
    connect: (options, callback) =>
      connect(options, (...args) => {
        if (args[0]) beforeRequest.add(args[0]);
        callback(...args);
      }),
  });
  pools.set(origin, pool);
  return pool;
}

/** `Retry-After` in seconds; its date form is used by none of our vendors and read as absent. */
export function readRetryAfter(header: string | string[] | undefined): number | null {
  const text = Array.isArray(header) ? header[0] : header;
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value >= 0 ? value : null;
}
