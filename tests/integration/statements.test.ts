import { asc, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { completeRow, insertInto } from "../../db/insert-rows";
import { messages, notifications } from "../../db/schema";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

/** How rows are stored by one parameter, and which statements a connection keeps prepared. */
const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let conversation: TestConversation;

beforeEach(async () => {
  deps = testDeps(database);
  workspace = await createWorkspace(deps);
  conversation = await createConversation(deps, workspace);
});

type Values = Partial<typeof messages.$inferInsert>;

function aMessage(values: Values = {}): typeof messages.$inferInsert & { id: string } {
  const { workspaceId, account, integration } = workspace;
  const { personId, id: conversationId } = conversation;
  return {
    id: deps.chance.uuid(),
    ...{ workspaceId, personId, conversationId },
    integrationId: integration.id,
    accountId: account.id,
    direction: "out",
    channel: "sms",
    fromAddress: "+33700000001",
    toAddress: "+33600000001",
    status: "queued",
    createdAt: new Date("2026-03-29T01:30:00.123Z"),
    ...values,
  };
}

async function stored(ids: readonly string[]) {
  const rows = await deps.db.select().from(messages).orderBy(asc(messages.createdAt));
  return rows.filter(({ id }) => ids.includes(id));
}

describe("rows by one parameter", () => {
  it("are what the query builder stores, defaults, moments, amounts and JSON included", async () => {
    const values: Values = {
      body: `O'Neil "1" \\ {} 🚨 عائشة\n`,
      content: { deep: [{ at: null }, "x"] },
      price: "0.07500",
      isCritical: true,
      segments: 2,
      sentAt: new Date("2026-10-25T00:59:59.999Z"),
    };
    const byBuilder = aMessage(values);
    const byOne = { ...byBuilder, id: deps.chance.uuid() };
    await deps.db.insert(messages).values(byBuilder);
    await deps.db.execute(insertInto(messages, [byOne]));
    const [first, second] = await stored([byBuilder.id, byOne.id]);
    expect({ ...first, id: "" }).toEqual({ ...second, id: "" });
  });

  it("are told as they are stored, before they are read", async () => {
    const rows = [aMessage(), aMessage({ body: "b", lane: "interactive", seq: 4 })];
    await deps.db.execute(insertInto(messages, rows));
    const told = rows.map((row) => completeRow(messages, row));
    const kept = await stored(rows.map(({ id }) => id));
    expect(told).toEqual(expect.arrayContaining(kept));
    expect(kept).toHaveLength(2);
  });

  it("keep a text in which a template has cut an emoji in two, with the sign for it", async () => {
    const row = aMessage({ body: "🚨".slice(0, 1) });
    await deps.db.execute(insertInto(messages, [row]));
    expect((await stored([row.id]))[0]?.body).toBe("\uFFFD");
  });

  it("are all or none", async () => {
    const rows = [aMessage(), aMessage({ toAddress: null as never })];
    await expect(deps.db.execute(insertInto(messages, rows))).rejects.toThrow();
    expect(await stored(rows.map(({ id }) => id))).toEqual([]);
  });
});

describe("statements of the query builder", () => {
  const look = (tx: Pick<typeof deps.db, "select">) =>
    tx
      .select({ id: notifications.id })
      .from(notifications)
      .where(eq(notifications.personId, conversation.personId));

  it("are prepared on a connection once they came often, and answer as before", async () => {
    await deps.db.transaction(async (tx) => {
      const isPrepared = async () => {
        const rows = await tx.execute(sql`
          select 1 from pg_prepared_statements where statement like 'select "id" from "notifications"%'`);
        return rows.length > 0;
      };
      await look(tx);
      expect(await isPrepared()).toBe(false);
      for (let use = 0; use < 25; use += 1) expect(await look(tx)).toEqual([]);
      expect(await isPrepared()).toBe(process.env.TEST_POOLER_URL === undefined);
    });
  });

  it("sent at once in a transaction keep their order, and one that fails ends all", async () => {
    const row = aMessage();
    const all = deps.db.transaction(async (tx) => {
      const [, seen] = await Promise.all([
        tx.execute(insertInto(messages, [row])),
        tx.select({ id: messages.id }).from(messages).where(eq(messages.id, row.id)),
      ]);
      expect(seen).toEqual([{ id: row.id }]);
      await Promise.all([tx.execute(sql`select 1 / 0`), look(tx)]);
    });
    await expect(all).rejects.toThrow();
    expect(await stored([row.id])).toEqual([]);
  });
});
