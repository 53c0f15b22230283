/**
 * Codes of postgres.js, Node and our own doors that mean "no connection", and PostgreSQL's own of a server that is
 * going down, coming up or full (SQLSTATE classes 08 and 57P, 53300).
 */
const GONE = new Set([
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOENT",
  "ETIMEDOUT",
  "NO_ANSWER",
  "53300",
]);

/** Did this fail because the database cannot be reached just now? Then a door answers 503. */
export function isDatabaseGone(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth += 1) {
    const code = "code" in cause ? String(cause.code) : "";
    if (GONE.has(code) || code.startsWith("08") || code.startsWith("57P")) return true;
    cause = cause.cause;
  }
  return false;
}
