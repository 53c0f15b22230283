import type { LiveEvent } from "@/lib/domain/inbox";

/**
 * One EventSource a browser: the tab that holds the lock leads, opens the stream and repeats every event
 * on a channel; the others listen. A closed leader frees the lock and the next tab takes over; a silent
 * one (frozen in the background) loses it. Words: leader, follower, silence (no event for 40 s; the
 * server sends a heartbeat every 15 s).
 */
export type Connection = "connecting" | "live" | "lost";
type Said =
  | { kind: "event"; event: LiveEvent }
  | { kind: "state"; state: Connection }
  | { kind: "who" };

const SILENCE_MS = 40_000;
const FIRST_DELAY_MS = 1_000;
const LAST_DELAY_MS = 30_000;

/** Opens the stream for a viewer; returns the function that ends it. */
export function openLive(input: {
  scope: string;
  onEvent: (event: LiveEvent) => void;
  onConnection: (connection: Connection) => void;
}): () => void {
  const name = `carillon-live:${input.scope}`;
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
  const ended = new AbortController();
  let connection: Connection = "connecting";
  let isLeader = false;
  let heardAt = Date.now();
  let hasCaughtUp = false;

  const tell = (state: Connection) => {
    connection = state;
    input.onConnection(state);
    if (isLeader) channel?.postMessage({ kind: "state", state } satisfies Said);
  };
  const take = (event: LiveEvent) => {
    heardAt = Date.now();
    if (isLeader) channel?.postMessage({ kind: "event", event } satisfies Said);
    input.onEvent(event);
  };
  /** The leader's stream was open before this page was read; what came in between is read once more. */
  const catchUp = () => {
    if (!hasCaughtUp) input.onEvent({ type: "resync" });
    hasCaughtUp = true;
  };
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.kind === "who") {
        if (isLeader) channel.postMessage({ kind: "state", state: connection } satisfies Said);
        return;
      }
      heardAt = Date.now();
      if (data.kind === "event") input.onEvent(data.event);
      else if (data.state !== connection) {
        connection = data.state;
        input.onConnection(data.state);
        if (data.state === "live") catchUp();
      }
    };
    channel.postMessage({ kind: "who" } satisfies Said);
  }

  const lead = async (signal: AbortSignal) => {
    isLeader = true;
    hasCaughtUp = true;
    await followStream({ signal, onEvent: take, onConnection: tell });
    isLeader = false;
  };
  const locks = channel === null ? undefined : navigator.locks;
  if (locks === undefined) void lead(ended.signal);
  else void takeTurns({ locks, name, ended: ended.signal, lead });

  const watch = setInterval(() => {
    if (isLeader || locks === undefined || Date.now() - heardAt < SILENCE_MS) return;
    heardAt = Date.now();
    tell("connecting");
    void takeTurns({ locks, name, ended: ended.signal, lead, steal: true });
  }, 5_000);

  return () => {
    clearInterval(watch);
    ended.abort();
    channel?.close();
  };
}

/** Waits for the lock (or takes it from a silent leader), leads while holding it, and queues again when robbed. */
async function takeTurns(input: {
  locks: LockManager;
  name: string;
  ended: AbortSignal;
  lead: (signal: AbortSignal) => Promise<void>;
  steal?: boolean;
}): Promise<void> {
  const { locks, name, ended, lead } = input;
  const options = input.steal ? { steal: true } : { signal: ended };
  const term = new AbortController();
  const stop = () => term.abort();
  ended.addEventListener("abort", stop);
  try {
    await locks.request(name, options, () => lead(term.signal));
  } catch (error) {
    term.abort();
    const wasRobbed = error instanceof DOMException && error.name === "AbortError";
    if (wasRobbed && !ended.aborted) void takeTurns({ locks, name, ended, lead });
  } finally {
    ended.removeEventListener("abort", stop);
  }
}

/** Keeps an EventSource open until the signal ends it: backs off, and asks for a resync after each gap. */
function followStream(input: {
  signal: AbortSignal;
  onEvent: (event: LiveEvent) => void;
  onConnection: (connection: Connection) => void;
}): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let delay = FIRST_DELAY_MS;
    // The page was read, or another tab's stream ended, before this one opens.
    let hasGap = true;
    let heardAt = Date.now();
    const open = () => {
      clearTimeout(timer);
      source?.close();
      if (input.signal.aborted) return;
      heardAt = Date.now();
      source = new EventSource("/api/realtime");
      source.onopen = () => {
        delay = FIRST_DELAY_MS;
        heardAt = Date.now();
        input.onConnection("live");
        if (hasGap) input.onEvent({ type: "resync" });
        hasGap = false;
      };
      source.onmessage = (message: MessageEvent<string>) => {
        heardAt = Date.now();
        input.onEvent(JSON.parse(message.data) as LiveEvent);
      };
      source.onerror = again;
    };
    const again = () => {
      hasGap = true;
      source?.close();
      input.onConnection("lost");
      clearTimeout(timer);
      timer = setTimeout(open, delay);
      delay = Math.min(delay * 2, LAST_DELAY_MS);
    };
    // A half-open connection raises no error: the missing heartbeat tells.
    const watch = setInterval(() => {
      if (source?.readyState === EventSource.OPEN && Date.now() - heardAt > SILENCE_MS) again();
    }, 5_000);
    const now = () => {
      if (source?.readyState !== EventSource.OPEN) open();
    };
    window.addEventListener("online", now);
    input.signal.addEventListener("abort", () => {
      clearInterval(watch);
      clearTimeout(timer);
      window.removeEventListener("online", now);
      source?.close();
      resolve();
    });
    open();
  });
}
