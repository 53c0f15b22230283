import { notifyChanges } from "../../db/change-feed";
import type { Sql } from "../../db/client";
import type { Log } from "../ports/log";
import type { Realtime } from "../ports/realtime";
import { PendingNotices } from "./pending-notices";
import { packNotices } from "./wire";

/** NOTIFY serialises commits: one statement for all that happens within this time. Milliseconds. */
const COALESCE_MS = 50;
const RETRY_MS = 1000;
/** Changed conversations kept while the database is away; beyond it screens are told to fetch afresh. */
const MAX_PENDING = 5000;

export type Announcer = Realtime & {
  /** Sends what is held now; for a process that is about to end. Never throws. */
  flush(): Promise<void>;
};

/**
 * Tells every process what has changed, ids only, coalesced over 50 ms. What cannot be sent is kept
 * and sent when the database is back.
 */
export function createAnnouncer(deps: { sql: Sql; log: Log }): Announcer {
  const pending = new PendingNotices(MAX_PENDING);
  let timer: NodeJS.Timeout | null = null;
  let isSending = false;

  const schedule = (delay: number) => {
    if (timer || isSending || pending.isEmpty) return;
    timer = setTimeout(() => void flush(), delay);
    timer.unref();
  };
  const flush = async () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (isSending || pending.isEmpty) return;
    isSending = true;
    const notices = pending.take();
    let delay = COALESCE_MS;
    try {
      await notifyChanges(deps.sql, packNotices(notices));
    } catch (error) {
      for (const notice of notices) pending.add(notice);
      delay = RETRY_MS;
      deps.log.warn({ error, notices: notices.length }, "live updates wait for the database");
    }
    isSending = false;
    schedule(delay);
  };
  return {
    announce(changes) {
      for (const change of changes) pending.add(change);
      schedule(COALESCE_MS);
    },
    flush,
  };
}
