import type { Log } from "../../ports/log";
import { isServerOf } from "./pid-file";
import type { Server } from "./server";

const WATCH_MS = 500;

type Watch = { data: string; server: Server; log: Log; restart: () => Promise<Server> };

/** Looks whether the server lives, ours or attached, and starts it again when it does not. */
export function watchServer({ data, server, log, restart }: Watch) {
  let current = server;
  let isEnding = false;
  let work: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    if (isEnding || isServerOf(data, current.pid)) return;
    work = work.then(revive);
  }, WATCH_MS).unref();
  async function revive() {
    if (isEnding || isServerOf(data, current.pid)) return;
    log.error({ pid: current.pid }, "PostgreSQL has died and is started again");
    try {
      current = await restart();
      log.info({ pid: current.pid, port: current.port }, "PostgreSQL runs again");
    } catch (error) {
      log.error({ err: error }, "PostgreSQL could not be started again");
    }
  }
  return {
    current: () => current,
    end: async () => {
      isEnding = true;
      clearInterval(timer);
      await work;
    },
  };
}
