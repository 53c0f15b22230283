import postgres from "postgres";
import type { Sql } from "./client";

/** `changes`: what screens show afresh. `bells`: that there is work, to a process that has a job engine. */
const CHANNELS = { changes: "carillon_changes", bells: "carillon_bells" } as const;
type Channel = keyof typeof CHANNELS;

/** Sends each payload (at most 8000 bytes of UTF-8) to every process that listens, in one statement. */
export async function notify(
  sql: Sql,
  channel: Channel,
  payloads: readonly string[],
): Promise<void> {
  const name = CHANNELS[channel];
  await sql`select pg_notify(${name}, payload) from unnest(${payloads as string[]}::text[]) payload`;
}

export type Feed = { close(): Promise<void> };

type Listener = {
  onPayload(payload: string): void;
  /** LISTEN stands: the first time, and again after every loss of its connection. */
  onListening(): void;
};

/**
 * Listens on a connection of its own, which comes back by itself when it is lost.
 * @param url straight to the server: a transaction pooler cannot LISTEN (DATABASE_DIRECT_URL)
 * @throws when the database cannot be reached the first time
 */
export async function listenTo(url: string, channel: Channel, listener: Listener): Promise<Feed> {
  const client = postgres(url, {
    max: 1,
    connect_timeout: 2,
    backoff: (attempt) => Math.min(0.2 * 2 ** attempt, 3),
    onnotice: () => undefined,
    connection: { application_name: "carillon-listen" },
  });
  try {
    await client.listen(CHANNELS[channel], listener.onPayload, listener.onListening);
  } catch (error) {
    await client.end({ timeout: 0 });
    throw error;
  }
  return { close: () => client.end({ timeout: 1 }) };
}
