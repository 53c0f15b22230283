const MINUTE_MS = 60_000;

type Running = {
  /** When its last success began; null: never. */
  lastSuccess: Date | null;
  /** Seconds; 0: at every tick. */
  periodSeconds: number;
  now: Date;
};

/** When a job will be started next: at the first full minute, as the ticks come, at which it is due. */
export function nextRunOf({ lastSuccess, periodSeconds, now }: Running): Date {
  const due = lastSuccess === null ? 0 : lastSuccess.getTime() + periodSeconds * 1000;
  const tick = (Math.floor(now.getTime() / MINUTE_MS) + 1) * MINUTE_MS;
  return new Date(Math.max(tick, Math.ceil(due / MINUTE_MS) * MINUTE_MS));
}
