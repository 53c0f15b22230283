import { z } from "zod";
import type { Sql } from "../../db/client";
import { type Feed, listenTo, notify } from "../../db/notify";
import { DISPATCH_DUE, MEDIA_DUE, WEBHOOKS_DUE } from "../../inngest/events";
import type { Jobs } from "../ports/jobs";
import type { Log } from "../ports/log";
import type { DoorbellEvent } from "./jobs";

/*
 * Doorbells between processes that share nothing but the database: one that has no job engine
 * (ROLE=web) hands its events to those that have one. Rows that are owed to endpoints ring here too, as
 * they are committed (db/writes/owed-webhooks). A bell that nobody hears is found by the sweep.
 */

const eventsSchema = z.array(
  z.object({
    id: z.string().optional(),
    name: z.enum([DISPATCH_DUE, MEDIA_DUE, WEBHOOKS_DUE]),
    data: z.record(z.string(), z.string()),
    ts: z.number(),
  }),
);

/** Far below the 8000 bytes of a payload. */
const EVENTS_A_PAYLOAD = 30;

/** To every process that relays; @throws when the database does not answer. */
export async function passBellsOn(sql: Sql, events: readonly DoorbellEvent[]): Promise<void> {
  const payloads: string[] = [];
  for (let at = 0; at < events.length; at += EVENTS_A_PAYLOAD) {
    payloads.push(JSON.stringify(events.slice(at, at + EVENTS_A_PAYLOAD)));
  }
  await notify(sql, "bells", payloads);
}

type Relay = {
  /** Straight to the server, past any pooler. */
  listenUrl: string;
  /** To this process's job engine. */
  send: (events: DoorbellEvent[]) => Promise<unknown>;
  ring: Jobs["ring"];
  log: Log;
};

/**
 * Hears the bells of processes without a job engine and rings them here. Several that relay start
 * several runs, of which the dispatcher's lease lets one work.
 *
 * @throws when the database cannot be listened to
 */
export function relayBells({ listenUrl, send, ring, log }: Relay): Promise<Feed> {
  return listenTo(listenUrl, "bells", {
    onPayload: (payload) => {
      const events = readEvents(payload);
      if (!events) return log.warn({}, "[JOBS] a bell of another version was not understood");
      const [webhooks, others] = partByName(events);
      // Each commit that owes something rings; `ring` makes one run of those of a moment.
      void ring(webhooks.map(({ ts }) => ({ kind: "webhooks", at: new Date(ts) })));
      if (others.length === 0) return;
      send(others).catch((error: unknown) =>
        log.warn({ error: String(error) }, "[JOBS] bells lost; the sweep will find the work"),
      );
    },
    onListening: () => log.debug({}, "[JOBS] listening for the bells of others"),
  });
}

function partByName(events: readonly DoorbellEvent[]) {
  const isWebhooks = ({ name }: DoorbellEvent) => name === WEBHOOKS_DUE;
  return [events.filter(isWebhooks), events.filter((event) => !isWebhooks(event))] as const;
}

function readEvents(payload: string): DoorbellEvent[] | null {
  try {
    return eventsSchema.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
