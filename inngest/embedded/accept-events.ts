import { z } from "zod";
import { idsFromSeed } from "./ids";

/** An event as functions see it. */
export type EngineEvent = {
  id: string;
  name: string;
  data: Record<string, unknown>;
  /** Unix milliseconds; a future one delays the run until then. */
  ts: number;
};

export type Accepted =
  | { ok: true; ids: string[]; events: EngineEvent[] }
  | { ok: false; error: string };

/** The server takes no event from before 1980. */
const OLDEST = Date.UTC(1980, 0, 1);
const MAX_EVENTS = 5000;

const eventSchema = z.looseObject({
  id: z.string().optional(),
  name: z
    .string("event name is empty")
    .trim()
    .min(1, "event name is empty")
    .refine((name) => !name.startsWith("inngest/"), "event name is reserved for internal use"),
  data: z.record(z.string(), z.unknown(), "event data must be an object").nullish(),
  ts: z.number().min(OLDEST, "event timestamp is before 1980").nullish(),
});

/** Reads the body of a send: one event or an array of them. One bad event refuses all of them. */
export function acceptEvents(text: string, seed: string | undefined, now: number): Accepted {
  const parsed = parse(text);
  if (!parsed) return { ok: false, error: "unable to process event payload" };
  const list = z.array(eventSchema).max(MAX_EVENTS, `more than ${MAX_EVENTS} events`);
  const checked = list.safeParse(parsed);
  if (!checked.success) {
    return { ok: false, error: checked.error.issues[0]?.message ?? "invalid event" };
  }
  const ids = idsFromSeed(seed, checked.data.length, now);
  const events = checked.data.map((event, index) => ({
    // `undefined` and "" both mean that the sender named none.
    id: event.id || (ids[index] ?? ""),
    name: event.name,
    data: event.data ?? {},
    ts: event.ts ?? now,
  }));
  return { ok: true, ids, events };
}

function parse(text: string): unknown[] | null {
  try {
    const body: unknown = JSON.parse(text);
    if (Array.isArray(body)) return body;
    return typeof body === "object" && body !== null ? [body] : null;
  } catch {
    return null;
  }
}
