import type { Sql } from "../../db/client";
import { notify } from "../../db/notify";
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
  /** Resolves when what is held now was sent, or could not be; for a process that is about to end. Never throws. */
  flush(): Promise<void>;
};

/**
 * Tells every process what has changed, ids only, coalesced over 50 ms. What cannot be sent is kept
 * and sent when the database is back.
 */
export function createAnnouncer(deps: { sql: Sql; log: Log }): Announcer {
  const pending = new PendingNotices(MAX_PENDING);
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> | null = null;

  const schedule = (delay: number) => {
    if (timer || sending || pending.isEmpty) return;
    timer = setTimeout(() => void flush(), delay);
    timer.unref();
  };
  const unschedule = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  const send = async () => {
    const notices = pending.take();
    let delay = COALESCE_MS;
    try {
      await notify(deps.sql, "changes", packNotices(notices));
    } catch (error) {
      for (const notice of notices) pending.add(notice);
      delay = RETRY_MS;
      deps.log.warn({ error, notices: notices.length }, "live updates wait for the database");
    }
    sending = null;
    schedule(delay);
  };
  const flush = async () => {
    unschedule();
    // One statement at a time; what was announced during it is not in it.
    while (sending) await sending;
    unschedule();
    if (pending.isEmpty) return;
    sending = send();
    await sending;
  };
  return {
    announce(changes) {
      for (const change of changes) pending.add(change);
      schedule(COALESCE_MS);
    },
    flush,
  };
}
