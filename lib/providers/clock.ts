import type { Clock } from "../ports/clock";

export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
};

/** A clock that shows another time now and goes on from there, for tests of what takes days. */
export function clockFrom(start: Date): Clock {
  const aheadMs = start.getTime() - Date.now();
  return { ...systemClock, now: () => new Date(Date.now() + aheadMs) };
}
