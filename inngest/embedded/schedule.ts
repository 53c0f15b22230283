import { Cron } from "croner";

type Options = {
  /** Seconds between two runs of what is scheduled for every minute. */
  tickSeconds: number;
  onTick: (cron: string, at: Date) => void;
};

const EVERY_MINUTE = "* * * * *";

/** The pattern and zone of a cron trigger; null when it is none. */
export function parseCron(cron: string): { pattern: string; timezone: string } | null {
  const [, timezone = "UTC", pattern = cron] = /^TZ=(\S+)\s+(.+)$/.exec(cron) ?? [];
  try {
    new Cron(pattern, { timezone, mode: "5-part", paused: true }).nextRun();
    return { pattern, timezone };
  } catch {
    return null;
  }
}

/**
 * Fires the cron triggers of the functions: five fields, with an optional `TZ=Europe/Paris ` in
 * front. "Every minute" follows `tickSeconds`, which is how tests and demos sweep faster.
 *
 * @throws on an expression that is none.
 */
export class Schedule {
  private readonly stops = new Map<string, () => void>();

  constructor(private readonly options: Options) {}

  /** Makes exactly these expressions tick; those that tick already go on undisturbed. */
  follow(crons: readonly string[]) {
    for (const [cron, stop] of this.stops) {
      if (crons.includes(cron)) continue;
      stop();
      this.stops.delete(cron);
    }
    for (const cron of crons) {
      if (!this.stops.has(cron)) this.stops.set(cron, this.start(cron));
    }
  }

  stop() {
    this.follow([]);
  }

  private start(cron: string): () => void {
    if (cron === EVERY_MINUTE) return this.startInterval(cron);
    const parsed = parseCron(cron);
    if (!parsed) throw new Error(`"${cron}" is not a cron expression`);
    const options = { timezone: parsed.timezone, mode: "5-part" as const };
    const job = new Cron(parsed.pattern, options, (self: Cron) => {
      this.options.onTick(cron, self.currentRun() ?? new Date());
    });
    return () => job.stop();
  }

  /** Ticks at once (what a crash left behind must not wait a minute), then at each interval. */
  private startInterval(cron: string): () => void {
    const tick = () => this.options.onTick(cron, new Date());
    const first = setImmediate(tick);
    const timer = setInterval(tick, this.options.tickSeconds * 1000);
    return () => {
      clearImmediate(first);
      clearInterval(timer);
    };
  }
}
