import { and, eq, ne } from "drizzle-orm";
import { expect, it } from "vitest";
import { integrations, messages } from "../../db/schema";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { ringDoorbells } from "../../lib/outbound/ring-doorbells";
import type { Deps } from "../../lib/ports/deps";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { enqueueQueued, openOutbox } from "../support/outbox";

const database = openTestDatabase();
const CONVERSATIONS = 5;
const EACH = 6;

/** A job engine without a sweep: every bell starts a run, and nothing else does. */
function engineOf(base: Deps) {
  const runs: Promise<unknown>[] = [];
  const deps: Deps = {
    ...base,
    // Leases are by the database's clock: here they outlast the slowest machine.
    settings: { ...base.settings, timeScale: 0.01 },
    jobs: {
      ring: async (bells) => {
        for (const bell of bells) {
          if (bell.kind === "dispatch") runs.push(dispatchAccount(deps, bell));
        }
      },
    },
  };
  return {
    deps,
    count: () => runs.length,
    /** Until no run is under way; runs start others by their last look. */
    async settle() {
      for (let seen = 0; seen < runs.length; ) {
        seen = runs.length;
        await Promise.all(runs);
      }
    },
  };
}

it("no wake-up is lost and no storm is made, however enqueuing and runs meet", async () => {
  for (let round = 0; round < 2; round += 1) {
    const base = testDeps(database);
    const { workspace } = await openOutbox(base);
    const { workspaceId } = workspace;
    const engine = engineOf(base);
    const ids: string[] = [];
    for (let n = 0; n < CONVERSATIONS; n += 1) {
      ids.push((await createConversation(base, workspace)).id);
    }
    await Promise.all(
      ids.map(async (conversationId) => {
        for (let n = 0; n < EACH; n += 1) {
          const body = `${conversationId} ${n}`;
          const message = await enqueueQueued(base, { workspaceId, conversationId, body });
          const bell = { integrationId: message.integrationId, due: base.clock.now() };
          await ringDoorbells(engine.deps, [bell]);
        }
      }),
    );
    await engine.settle();
    const left = and(eq(messages.workspaceId, workspaceId), ne(messages.status, "accepted"));
    expect(await base.db.$count(messages, left)).toBe(0);
    const bodies = base.provider.sent.map((request) => request.body);
    for (const id of ids) {
      const inOrder = Array.from({ length: EACH }, (_, n) => `${id} ${n}`);
      expect(bodies.filter((body) => body.startsWith(id))).toEqual(inOrder);
    }
    expect(engine.count()).toBeLessThanOrEqual(2 * CONVERSATIONS * EACH);
    const [integration] = await base.db
      .select()
      .from(integrations)
      .where(eq(integrations.id, workspace.integration.id));
    expect(integration?.wakeAt ?? null).toBeNull();
  }
}, 120_000);
