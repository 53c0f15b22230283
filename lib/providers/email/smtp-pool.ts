import { EMAIL_CODES } from "../../domain/email-codes";
import { SmtpFault, type SmtpSession } from "./smtp-session";

const MAX_CONNECTIONS = 5;
/** Servers close what carries more, at a moment of their own. */
const MAX_MAILS = 100;

export type SmtpPool = {
  /**
   * Does one piece of work on a connection of its own: a kept one, else a new one.
   *
   * @throws SmtpFault; a throttle where all connections are in use until the signal
   */
  run(signal: AbortSignal, work: (session: SmtpSession) => Promise<void>): Promise<void>;
  /** Ends what rests now, and what is in use when it is free. */
  close(): void;
};

/** A few connections to one account's server, kept between mails for as long as sessions last. */
export function createSmtpPool(open: (signal: AbortSignal) => Promise<SmtpSession>): SmtpPool {
  const places = createPlaces(MAX_CONNECTIONS);
  const resting: SmtpSession[] = [];
  let isClosed = false;

  function takeResting(): SmtpSession | null {
    for (let session = resting.pop(); session; session = resting.pop()) {
      if (!session.isOpen()) continue;
      session.wake();
      return session;
    }
    return null;
  }

  async function use(session: SmtpSession, work: (session: SmtpSession) => Promise<void>) {
    await work(session);
    if (isClosed || session.delivered() >= MAX_MAILS) return session.quit();
    session.rest();
    resting.push(session);
  }

  return {
    async run(signal, work) {
      await places.take(signal);
      try {
        if (signal.aborted) throw allInUse();
        const kept = takeResting();
        if (kept) {
          try {
            return await use(kept, work);
          } catch (error) {
            // The server had hung up meanwhile; nothing of the mail has left.
            if (!isUnreachable(error) || signal.aborted) throw error;
          }
        }
        await use(await open(signal), work);
      } finally {
        places.give();
      }
    },
    close() {
      isClosed = true;
      for (const session of resting.splice(0)) if (session.isOpen()) session.quit();
    },
  };
}

function isUnreachable(error: unknown): boolean {
  return error instanceof SmtpFault && error.outcome.kind === "unreachable";
}

/** So many at once; the others wait in their order. */
function createPlaces(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    async take(signal: AbortSignal): Promise<void> {
      if (free > 0) {
        free--;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const go = () => {
          signal.removeEventListener("abort", late);
          resolve();
        };
        const late = () => {
          waiting.splice(waiting.indexOf(go), 1);
          reject(allInUse());
        };
        waiting.push(go);
        signal.addEventListener("abort", late, { once: true });
      });
    },
    give() {
      const next = waiting.shift();
      if (next) next();
      else free++;
    },
  };
}

/** Nothing of it has left: as after a 429 the account gets fewer at once. */
function allInUse(): SmtpFault {
  const message = "All connections to the mail server are in use";
  const busy = { kind: "retry", isThrottle: true, retryAfter: null } as const;
  return new SmtpFault({ ...busy, code: EMAIL_CODES.rate, message }, message);
}
