/** Minutes of the server's table: the wait after attempt 1, 2, 3 … failed. */
const MINUTES = [0.25, 0.5, 1, 2, 5, 10, 20, 40, 60, 120];

/**
 * Milliseconds to wait after a failed attempt: the server's table plus 0–30 s of jitter, or what the
 * answer's `retry-after` asks for, within 1 s and 24 h.
 *
 * @param failedAttempt Zero for the first.
 * @param random A number in [0, 1).
 */
export function retryDelay(failedAttempt: number, random: number): number {
  const minutes = MINUTES[Math.min(failedAttempt, MINUTES.length - 1)] ?? 0;
  return minutes * 60_000 + random * 30_000;
}

/** Milliseconds from a `retry-after` header (seconds or a date); null when there is none to read. */
export function parseRetryAfter(header: string | null, now: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1000), 86_400_000) : null;
}
