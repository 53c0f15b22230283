import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../../db/client";
import { type Feed, listenTo } from "../../db/notify";
import type { LiveEvent } from "../domain/inbox";
import type { Scope } from "../domain/viewer";
import type { Clock } from "../ports/clock";
import type { Log } from "../ports/log";
import { deliverWorkspace, groupByWorkspace } from "./deliver";
import { type EncodedEvents, encodeEvent } from "./event-stream";
import { PendingNotices } from "./pending-notices";
import { type Notice, unpackNotices } from "./wire";

/**
 * One per process. It listens for changes, reads each changed row once and hands it to every client
 * that may see it. Words: a *client* is one open stream; *resync* tells it that something was missed.
 */
export type Hub = {
  /** Adds a client. Its stream begins with a `cursor`. @throws when the database cannot be listened to */
  connect(client: HubClient): Promise<void>;
  /** Forgets a client whose stream has ended; does nothing for one already gone. */
  disconnect(client: HubClient): void;
  /** Tells every screen to fetch afresh: notices may have been missed. */
  resync(): void;
  /** Ends every stream and stops listening. */
  close(): Promise<void>;
};

export type HubClient = {
  readonly viewer: Scope & {
    readonly userId: string;
    readonly personId: string;
    /** Is told of conversations; everybody is told of their own bell. */
    readonly readsInbox: boolean;
  };
  /** @returns false when the client reads too slowly to be kept */
  send(events: EncodedEvents): boolean;
  /** Ends the stream; the browser comes back and is gated anew. */
  close(): void;
  /** Does the session still stand, with the same rights? */
  isStillAllowed(): Promise<boolean>;
};

type HubDeps = {
  db: Database;
  /** Straight to the server, past any pooler: DATABASE_DIRECT_URL where set, else DATABASE_URL. */
  listenUrl: string;
  clock: Clock;
  log: Log;
};

const HEARTBEAT_MS = 15_000;
/** Rights are looked at anew every this many heartbeats, should a notice of their change be lost. */
const RECHECK_EVERY = 20;
const MAX_PENDING = 5000;
/** Conversations read by one set of statements. */
const BATCH = 100;
/**
 * After each batch the hub rests so many times as long as it took, so that screens never take more than
 * a third of a process that also receives and sends; what changes meanwhile merges.
 */
const REST = 2;
const LONGEST_REST_MS = 500;

export function createHub(deps: HubDeps): Hub {
  const clients = new Set<HubClient>();
  const pending = new PendingNotices(MAX_PENDING);
  let feed: Promise<Feed> | null = null;
  let heartbeat: NodeJS.Timeout | null = null;
  let beats = 0;
  let isDelivering = false;
  let isClosed = false;

  const drop = (client: HubClient) => {
    if (clients.delete(client)) client.close();
  };
  const send = (client: HubClient, events: EncodedEvents) => {
    if (!clients.has(client) || client.send(events)) return;
    deps.log.warn({ userId: client.viewer.userId }, "a live stream was too slow and is closed");
    drop(client);
  };
  const broadcast = (event: LiveEvent) => {
    const events = encodeEvent(event);
    for (const client of clients) send(client, events);
  };

  const refresh = (workspaceId: string) => {
    const events = encodeEvent({ type: "resync" });
    for (const client of clients) {
      if (client.viewer.workspaceId === workspaceId) send(client, events);
    }
  };

  const recheckOne = async (client: HubClient) => {
    const stands = await client.isStillAllowed().catch(() => true);
    if (!stands) drop(client);
  };
  const recheck = async () => {
    for (const client of [...clients]) await recheckOne(client);
  };
  const resync = () => {
    broadcast({ type: "resync" });
    void recheck();
  };
  const beat = () => {
    beats += 1;
    broadcast({ type: "cursor", at: deps.clock.now().toISOString() });
    if (beats % RECHECK_EVERY === 0) void recheck();
  };

  const deliver = async (notices: readonly Notice[]) => {
    for (const notice of notices) {
      if (notice.kind === "lost") broadcast({ type: "resync" });
      if (notice.kind === "workspace") refresh(notice.workspaceId);
      if (notice.kind !== "access") continue;
      for (const client of clients) if (client.viewer.userId === notice.userId) drop(client);
    }
    for (const group of groupByWorkspace(clients)) await deliverTo(group, notices);
  };
  const deliverTo = async (group: HubClient[], notices: readonly Notice[]) => {
    try {
      await deliverWorkspace({ db: deps.db, group, notices, send });
    } catch (error) {
      deps.log.warn({ error }, "changed rows could not be read; screens are told to fetch afresh");
      for (const client of group) send(client, encodeEvent({ type: "resync" }));
    }
  };
  const drain = async () => {
    if (isDelivering) return;
    isDelivering = true;
    try {
      while (!pending.isEmpty) {
        const startedAt = deps.clock.monotonic();
        await deliver(pending.take(BATCH));
        await rest(deps.clock.monotonic() - startedAt);
      }
    } finally {
      isDelivering = false;
    }
  };

  const listen = async () => {
    let wasListening = false;
    return listenTo(deps.listenUrl, "changes", {
      onPayload: (payload) => {
        for (const notice of unpackNotices(payload)) pending.add(notice);
        void drain();
      },
      onListening: () => {
        if (wasListening) {
          deps.log.warn({ clients: clients.size }, "live updates are back; screens fetch afresh");
          resync();
        }
        wasListening = true;
      },
    });
  };

  return {
    async connect(client) {
      if (isClosed) throw new Error("the process is shutting down");
      feed ??= listen();
      const started = feed;
      await started.catch((error) => {
        if (feed === started) feed = null;
        throw error;
      });
      heartbeat ??= setInterval(beat, HEARTBEAT_MS).unref();
      clients.add(client);
      send(client, encodeEvent({ type: "cursor", at: deps.clock.now().toISOString() }));
      // A right that was taken after the door looked and before this line was told to nobody.
      await recheckOne(client);
    },
    disconnect(client) {
      clients.delete(client);
    },
    resync,
    async close() {
      isClosed = true;
      if (heartbeat) clearInterval(heartbeat);
      for (const client of [...clients]) drop(client);
      const open = await feed?.catch(() => null);
      await open?.close();
    },
  };
}

function rest(tookMs: number): Promise<void> {
  const ms = Math.min(tookMs * REST, LONGEST_REST_MS);
  return sleep(ms, undefined, { ref: false });
}
