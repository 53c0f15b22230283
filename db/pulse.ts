import { setImmediate as turn } from "node:timers/promises";
import postgres from "postgres";
import { isDatabaseGone } from "./is-database-gone";

/** Whether the database answers at all, asked twice a second on a connection of its own. */
export type Pulse = {
  readonly isGone: () => boolean;
  stop(): Promise<void>;
};

type Options = {
  onGone: () => void;
  onBack: () => void;
  /** Milliseconds between two questions, and those a question may stay unanswered. */
  everyMs?: number;
  patienceMs?: number;
};

/**
 * Feels the pulse of the database. A frozen one neither answers nor closes its connections, so nobody
 * who waits for a query would ever learn of it; here the question alone is late, not its work.
 */
export function watchDatabase(
  url: string,
  { onGone, onBack, everyMs = 500, patienceMs = 1500 }: Options,
): Pulse {
  let isGone = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let client = open();

  /** A server that dies closes its connections: that is looked into at once. */
  function open() {
    return connect(url, patienceMs, () => {
      if (!isGone && timer) beatNow();
    });
  }

  /** A connection alone may be lost, to a pooler that tidies up: a second one has the last word. */
  async function isAlive() {
    if (await answers(client, patienceMs)) return true;
    void client.end({ timeout: 0 });
    client = open();
    return !isGone && answers(client, patienceMs / 3);
  }
  async function beat() {
    const wasGone = isGone;
    isGone = !(await isAlive());
    if (isStopped) return;
    if (isGone !== wasGone) (isGone ? onGone : onBack)();
    timer = setTimeout(beatNow, everyMs).unref();
  }
  /** Not while a beat is under way: `timer` is set between two of them. */
  function beatNow() {
    clearTimeout(timer);
    timer = undefined;
    running = beat();
  }
  beatNow();
  return {
    isGone: () => isGone,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await client.end({ timeout: 0 });
      await running;
    },
  };
}

function connect(url: string, patienceMs: number, onClose: () => void) {
  return postgres(url, {
    max: 1,
    prepare: false,
    fetch_types: false,
    connect_timeout: patienceMs / 1000,
    backoff: () => 0,
    onnotice: () => undefined,
    onclose: onClose,
    connection: { application_name: "carillon-pulse" },
  });
}

/** An error of the server's own is an answer too, but for those that mean it goes or comes. */
async function answers(client: postgres.Sql, patienceMs: number): Promise<boolean> {
  const asked = client`select 1`.then(
    () => true,
    (error: unknown) => isFull(error) || !isDatabaseGone(error),
  );
  const limit = new AbortController();
  const late = lateAfter(patienceMs, limit.signal);
  const isAnswered = await Promise.race([asked, late]);
  limit.abort();
  return isAnswered;
}

/** A process that itself was held up reads the answers that have come before it calls them late. */
async function lateAfter(ms: number, signal: AbortSignal): Promise<false> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => clearTimeout(timer));
  });
  await turn();
  await turn();
  return false;
}

function isFull(error: unknown) {
  return error instanceof Error && "code" in error && error.code === "53300";
}
