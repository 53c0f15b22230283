/** A browser that is not used for this long is signed out; in milliseconds. */
const IDLE_MS = 14 * 24 * 3_600_000;
/** However much it is used, a browser signs in afresh after this. */
export const LONGEST_MS = 90 * 24 * 3_600_000;
/** `lastSeenAt` is written at most this often, so that reading a page is no write. */
const TOUCH_MS = 5 * 60_000;

/** When a session made at `createdAt` and used at `now` ends. */
export function sessionEnd(session: { createdAt: Date; now: Date }): Date {
  const idle = session.now.getTime() + IDLE_MS;
  return new Date(Math.min(idle, session.createdAt.getTime() + LONGEST_MS));
}

export function isDueForTouch(session: { lastSeenAt: Date; now: Date }): boolean {
  return session.now.getTime() - session.lastSeenAt.getTime() >= TOUCH_MS;
}
