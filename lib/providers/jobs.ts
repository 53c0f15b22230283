import { DISPATCH_DUE, MEDIA_DUE, WEBHOOKS_DUE } from "../../inngest/events";
import type { Bell, Jobs } from "../ports/jobs";
import type { Log } from "../ports/log";

/** An event as `inngest.send` takes it. */
export type DoorbellEvent = {
  /** Of several with the same id within 24 h the engine keeps the first. */
  id?: string;
  name: string;
  data: Record<string, string>;
  ts: number;
};

type Options = {
  /** Such as `(events) => createInngest(log).send(events)`. */
  send: (events: DoorbellEvent[]) => Promise<unknown>;
  log: Log;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** How far this clock is ahead of the engine's, ms: by as much are bells rung earlier. */
  aheadMs?: number;
};

/** How long the one who rings waits for the engine; afterwards the send goes on behind his back. */
const PATIENCE_MS = 1000;
const MAX_BATCH = 500;
/** A bell that is further off is one of many alike; a nearer one may follow a run that came too early. */
const FAR_MS = 5000;
/** Every event that is owed rings: those of one slot start one run, at its end. Milliseconds. */
const WEBHOOK_SLOT_MS = 250;

/**
 * Doorbells over Inngest events. Bells rung while a send is under way leave together with the next
 * one. Never throws: a bell that cannot be sent is logged, and the minute's sweep finds its work.
 */
export function createJobs({ send, log, now = Date.now, aheadMs = 0 }: Options): Jobs {
  const pending = new Map<string, DoorbellEvent>();
  let flushing: Promise<void> | null = null;

  async function flush() {
    while (pending.size > 0) {
      const batch = [...pending].slice(0, MAX_BATCH);
      for (const [key] of batch) pending.delete(key);
      await sendOrLog(
        batch.map(([, event]) => event),
        { send, log },
      );
    }
    flushing = null;
  }

  return {
    async ring(bells) {
      for (const bell of bells) {
        const { ts, ...event } = toEvent(bell, now());
        pending.set(JSON.stringify({ ...event, ts }), { ...event, ts: Math.round(ts - aheadMs) });
      }
      if (pending.size > 0) flushing ??= flush();
      if (flushing) await atMost(flushing, PATIENCE_MS);
    },
  };
}

async function sendOrLog(events: DoorbellEvent[], { send, log }: Options) {
  try {
    await send(events);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn(
      { bells: events.length, error: reason },
      "[JOBS] bells lost; the sweep will find the work",
    );
  }
}

/**
 * Each run rings for the next moment at which there is work: a thousand runs before 09:00 must not start
 * a thousand at 09:00, so bells for one moment far off share an id.
 */
function toEvent(bell: Bell, now: number): DoorbellEvent {
  const ts = bell.at.getTime();
  switch (bell.kind) {
    case "dispatch": {
      const { accountId } = bell;
      const id = ts - now > FAR_MS ? { id: `dispatch-${accountId}-${ts}` } : {};
      return { ...id, name: DISPATCH_DUE, data: { accountId }, ts };
    }
    case "media":
      return { name: MEDIA_DUE, data: {}, ts };
    case "webhooks": {
      const slot = Math.ceil(Math.max(ts, now) / WEBHOOK_SLOT_MS) * WEBHOOK_SLOT_MS;
      return { id: `webhooks-${slot}`, name: WEBHOOKS_DUE, data: {}, ts: slot };
    }
    default:
      return bell satisfies never;
  }
}

async function atMost(work: Promise<void>, ms: number) {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
