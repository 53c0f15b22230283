import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Sql } from "../../db/client";
import { attempts, integrations, leases } from "../../db/schema";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { signal } from "../support/engine";
import { enqueueQueued, openOutbox } from "../support/outbox";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
});

/** The client, with a hook before each statement that holds these words. */
function watched(words: string, before: () => void): Sql {
  return new Proxy(database.sql, {
    apply(target, self, args) {
      const [first] = args;
      if (Array.isArray(first) && first.join("?").includes(words)) before();
      return Reflect.apply(target, self, args);
    },
  });
}

const CLAIM = "with urgent as";

async function asked(times: number) {
  await expect.poll(() => deps.provider.sent.length, { timeout: 20_000 }).toBe(times);
}

function accepted(n: number) {
  return { kind: "accepted" as const, providerId: `SM${n}`, segments: 1 };
}

async function lease() {
  const name = `dispatch:${outbox.workspace.account.id}`;
  const [row] = await deps.db.select().from(leases).where(eq(leases.name, name));
  return row ?? null;
}

async function elsewhere(body: string) {
  const { id } = await createConversation(deps, outbox.workspace);
  const { workspaceId } = outbox.workspace;
  return enqueueQueued(deps, { workspaceId, conversationId: id, body });
}

/** ms since 1970. */
async function databaseTime() {
  const [row] = await database.sql<{ now: Date }[]>`select clock_timestamp() as now`;
  return row?.now.getTime() ?? 0;
}

describe("a run", () => {
  it("whose claim fails still records the sends that were under way", async () => {
    const gate = signal();
    const failed = signal();
    let isBroken = false;
    const broken = watched(CLAIM, () => {
      if (!isBroken) return;
      failed.resolve();
      throw new Error("deadlock detected");
    });
    deps.provider.answer = async (_request, n) => {
      await gate.promise;
      return accepted(n);
    };
    const first = await outbox.enqueue("first");
    const accountId = outbox.workspace.account.id;
    const run = dispatchAccount({ ...deps, sql: broken }, { accountId });
    await asked(1);
    isBroken = true;
    const second = await elsewhere("second");
    await failed.promise;
    gate.resolve();
    await expect(run).rejects.toThrow("deadlock detected");
    expect((await outbox.row(first.id)).status).toBe("accepted");
    expect((await outbox.row(second.id)).status).toBe("queued");
    expect(await lease()).toBeNull();
  });

  it("that loses its lease claims nothing more, clears nothing, and wakes what stood behind its send", async () => {
    const gate = signal();
    deps.provider.answer = async (_request, n) => {
      await gate.promise;
      return accepted(n);
    };
    const first = await outbox.enqueue("first");
    const second = await outbox.enqueue("second");
    const run = outbox.dispatch();
    await asked(1);
    const holder = deps.chance.uuid();
    await deps.db
      .update(leases)
      .set({ holder })
      .where(eq(leases.name, `dispatch:${outbox.workspace.account.id}`));
    await deps.db
      .update(integrations)
      .set({ wakeAt: new Date(deps.clock.now().getTime() - 60_000) });
    deps.clock.advance(5000);
    gate.resolve();
    expect(await run).toMatchObject({ kind: "done", ended: 1, nextDue: deps.clock.now() });
    expect((await outbox.row(first.id)).status).toBe("accepted");
    expect((await outbox.row(second.id)).status).toBe("queued");
    expect(deps.bells.at(-1)).toMatchObject({ at: deps.clock.now() });
    expect((await lease())?.holder).toBe(holder);
  });

  it("renews its lease every 5 s while it works, and gives it back at the end", async () => {
    const until: number[] = [];
    deps.provider.answer = async (_request, n) => {
      until.push((await lease())?.lockedUntil.getTime() ?? 0);
      deps.clock.advance(n === 1 ? 4999 : 1);
      return accepted(n);
    };
    for (const body of ["one", "two", "three"]) await outbox.enqueue(body);
    await outbox.dispatch();
    const [one, two, three] = until;
    expect(two).toBe(one);
    expect(three).toBeGreaterThan(two ?? 0);
    expect(await lease()).toBeNull();
  });

  it("starts no create later than 5 s after its claim: the row goes back unsent and uncounted", async () => {
    let claims = 0;
    const slow = watched(CLAIM, () => {
      claims += 1;
      if (claims === 1) deps.clock.advance(5001);
    });
    const message = await outbox.enqueue("Bonjour");
    await dispatchAccount({ ...deps, sql: slow }, { accountId: outbox.workspace.account.id });
    expect(deps.provider.sent).toHaveLength(1);
    const tries = await deps.db
      .select()
      .from(attempts)
      .where(eq(attempts.messageId, message.id))
      .orderBy(attempts.number);
    expect(tries.map((attempt) => attempt.outcome)).toEqual(["unreachable", "accepted"]);
    expect(await outbox.row(message.id)).toMatchObject({
      status: "accepted",
      attempt: 2,
      attemptsCounted: 1,
      sendAfter: message.sendAfter,
    });
  });

  it("ends after 20 s and rings for what is left", async () => {
    deps.provider.answer = (_request, n) => {
      deps.clock.advance(20_000);
      return accepted(n);
    };
    await outbox.enqueue("first");
    const left = await outbox.enqueue("second");
    expect(await outbox.dispatch()).toMatchObject({ ended: 1, nextDue: deps.clock.now() });
    expect((await outbox.row(left.id)).status).toBe("queued");
    expect(deps.bells.at(-1)?.at).toEqual(deps.clock.now());
  });

  it("gives each attempt a lease of 20 s by the database's clock", async () => {
    const message = await outbox.enqueue("Bonjour");
    const before = await databaseTime();
    await outbox.dispatch();
    const after = await databaseTime();
    const [row] = await deps.db.select().from(attempts).where(eq(attempts.messageId, message.id));
    const until = row?.leaseUntil.getTime() ?? 0;
    expect(until).toBeGreaterThanOrEqual(before + 20_000);
    expect(until).toBeLessThanOrEqual(after + 20_000);
  });
});
