import { describe, expect, it } from "vitest";
import { createSmtpPool } from "./smtp-pool";
import { SmtpFault, type SmtpSession } from "./smtp-session";

/** A connection that is always good, and says what was done with it. */
function openSession(events: string[]): SmtpSession {
  let isOpen = true;
  return {
    greet: async () => undefined,
    deliver: async () => undefined,
    rest: () => void events.push("rest"),
    wake: () => void events.push("wake"),
    quit: () => {
      isOpen = false;
      events.push("quit");
    },
    isOpen: () => isOpen,
    delivered: () => 0,
  };
}

const never = new AbortController().signal;
const lost = () => new SmtpFault({ kind: "unreachable", reason: "lost" }, "lost");

describe("the pool of an account", () => {
  it("takes no more than five at once; who waits in vain is throttled, not lost", async () => {
    let opened = 0;
    const pool = createSmtpPool(async () => {
      opened++;
      return openSession([]);
    });
    const ends: (() => void)[] = [];
    const hold = () => new Promise<void>((end) => void ends.push(end));
    const five = Array.from({ length: 5 }, () => pool.run(never, hold));
    const inVain = new AbortController();
    const sixth = pool.run(inVain.signal, hold);
    const seventh = pool.run(never, async () => undefined);
    inVain.abort();
    await expect(sixth).rejects.toMatchObject({ outcome: { kind: "retry", isThrottle: true } });
    for (const end of ends) end();
    await Promise.all([...five, seventh]);
    expect(opened).toBe(5);
    expect(ends).toHaveLength(5);
  });

  it("tries once more, on a new connection, where a kept one was lost before anything left", async () => {
    const events: string[] = [];
    const sessions: SmtpSession[] = [];
    const pool = createSmtpPool(async () => {
      const session = openSession(events);
      sessions.push(session);
      return session;
    });
    await pool.run(never, async () => undefined);
    await pool.run(never, async (session) => {
      if (session === sessions[0]) throw lost();
    });
    expect(sessions).toHaveLength(2);
    const always = pool.run(never, async () => {
      throw lost();
    });
    await expect(always).rejects.toThrow("lost");
    expect(sessions).toHaveLength(3);
  });

  it("never tries again what may have left", async () => {
    let opened = 0;
    const pool = createSmtpPool(async () => {
      opened++;
      return openSession([]);
    });
    await pool.run(never, async () => undefined);
    const outcome = { kind: "unknown", reason: "lost", httpStatus: null } as const;
    const perhaps = pool.run(never, async () => {
      throw new SmtpFault(outcome, "lost");
    });
    await expect(perhaps).rejects.toThrow("lost");
    expect(opened).toBe(1);
  });

  it("closed, ends what rests and what comes back", async () => {
    const events: string[] = [];
    const pool = createSmtpPool(async () => openSession(events));
    await pool.run(never, async () => undefined);
    await pool.run(never, async () => pool.close());
    expect(events).toEqual(["rest", "wake", "quit"]);
  });
});
