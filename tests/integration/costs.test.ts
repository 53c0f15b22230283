import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { listOpenAlerts } from "../../db/queries/admin-alerts";
import { listPrices, listSpending } from "../../db/queries/costs";
import { threadPage } from "../../db/queries/threads";
import { attempts, budgets, priceDays, spending, spendingDeltas } from "../../db/schema";
import { createWorkspace as createTenant } from "../../lib/auth/create-workspace";
import { fetchPrices } from "../../lib/costs/fetch-prices";
import { replacePrices } from "../../lib/costs/replace-prices";
import { rollUpSpending } from "../../lib/costs/roll-up-spending";
import { saveBudget } from "../../lib/costs/save-budget";
import { FIRST_PRICES } from "../../lib/domain/price";
import type { Administrator } from "../../lib/domain/viewer";
import { applyCallback } from "../../lib/outbound/apply-callback";
import { applyStatus } from "../../lib/outbound/apply-status";
import { confirmMessage } from "../../lib/outbound/confirm-message";
import { sweepOutbound } from "../../lib/outbound/sweep-outbound";
import { queueBulk } from "../support/bulk";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { abandonSend, openOutbox } from "../support/outbox";
import { createWorkspace } from "../support/workspace";

const database = openTestDatabase();
const MONTH = "2026-11";
const never = new AbortController().signal;
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;
let by: Administrator;

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
  by = { workspaceId: outbox.workspace.workspaceId, actor: { kind: "system" }, role: "owner" };
  await setPrices();
  await deps.db.delete(priceDays);
  await deps.db.delete(spendingDeltas);
});

async function setPrices(amount = "0.05") {
  const rows = FIRST_PRICES.map((price) => ({ ...price, amount: String(price.amount) }));
  const others = rows.filter(({ country }) => country !== "FR");
  await replacePrices(deps, by, [
    ...others,
    { channel: "sms", country: "FR", amount, currency: "EUR" },
  ]);
}

const spent = (month = MONTH) => listSpending(deps.sql, { workspaceId: by.workspaceId, month });
const setCaps = (softCap: string | null, hardCap: string | null) =>
  saveBudget(deps, by, { currency: "EUR", softCap, hardCap });
const alerts = () => listOpenAlerts(deps.db, by.workspaceId);

async function send(body: string, lane: "normal" | "interactive" = "normal") {
  const message = await outbox.enqueue(body, { lane });
  await outbox.dispatch();
  return message.id;
}

describe("price table", () => {
  it("R032 R117 is there in every new workspace, and is replaced as a whole or not at all", async () => {
    const slug = `t-${deps.chance.uuid()}`;
    const made = await createTenant(deps, { slug, name: "T" });
    const workspaceId = made.kind === "created" ? made.workspaceId : by.workspaceId;
    const first = await listPrices(deps.db, workspaceId);
    expect(first).toHaveLength(FIRST_PRICES.length);
    expect(first).toEqual(expect.arrayContaining([...FIRST_PRICES]));
    const stranger = { ...by, workspaceId };
    const row = { channel: "mms", country: null, amount: "0,3", currency: "EUR" } as const;
    expect((await replacePrices(deps, stranger, [row, row])).kind).toBe("invalid");
    expect(await listPrices(deps.db, workspaceId)).toEqual(first);
    expect((await replacePrices(deps, stranger, [row])).kind).toBe("replaced");
    expect(await listPrices(deps.db, workspaceId)).toEqual([{ ...row, amount: 0.3 }]);
    expect(await listPrices(deps.db, by.workspaceId)).toHaveLength(FIRST_PRICES.length);
  });
});

describe("spending", () => {
  it("R032 counts what was taken with its estimate, and nothing that was refused", async () => {
    const id = await send("Bonjour");
    deps.provider.answer = () => ({
      kind: "rejected",
      fault: "permanent",
      code: "21211",
      message: "no",
      httpStatus: 400,
    });
    await send("Perdu");
    expect(await spent()).toMatchObject([
      { channel: "sms", country: "FR", currency: "EUR", messages: 1, unpriced: 0, estimated: 0.05 },
    ]);
    const [attempt] = await deps.db.select().from(attempts).where(eq(attempts.messageId, id));
    expect(attempt).toMatchObject({ spentIn: MONTH, estimate: "0.05", estimateUnit: "EUR" });
    const other = await createWorkspace(deps);
    expect(await listSpending(deps.sql, { workspaceId: other.workspaceId, month: MONTH })).toEqual(
      [],
    );
  });

  it("adds up a bulk batch by batch and keeps a month in a few rows", async () => {
    await queueBulk(deps, outbox.workspace, { count: 300 });
    await outbox.dispatch();
    const rows = await deps.db.select().from(spendingDeltas);
    expect(rows.length).toBeLessThan(100);
    expect(await spent()).toMatchObject([{ messages: 300, estimated: 15 }]);
    await rollUpSpending(deps);
    await rollUpSpending(deps);
    expect(await deps.db.select().from(spendingDeltas)).toEqual([]);
    expect(await spent()).toMatchObject([{ messages: 300, estimated: 15 }]);
    const kept = await deps.db
      .select()
      .from(spending)
      .where(eq(spending.workspaceId, by.workspaceId));
    expect(kept).toHaveLength(1);
  });

  it("says how many had no price rather than that they cost nothing", async () => {
    await replacePrices(deps, by, []);
    await send("Bonjour");
    expect(await spent()).toMatchObject([{ currency: null, messages: 1, unpriced: 1 }]);
  });

  it("counts by the workspace's own month", async () => {
    deps.clock.advance(new Date("2026-11-30T23:30:00Z").getTime() - deps.clock.now().getTime());
    await send("Bonjour");
    expect(await spent("2026-11")).toEqual([]);
    expect(await spent("2026-12")).toMatchObject([{ messages: 1 }]);
  });

  it("counts a doubtful send once when a receipt shows that it left, and when a person says so", async () => {
    deps.provider.answer = () => ({ kind: "unknown", reason: "reset", httpStatus: null });
    const id = await send("Peut-être");
    expect(await spent()).toEqual([]);
    const report = {
      messageId: id,
      attempt: 1,
      providerId: "SM1",
      errorCode: null,
      errorMessage: null,
      carrierAt: null,
      data: {},
      via: "callback",
    } as const;
    await applyStatus(deps, { ...report, status: "sent" });
    await applyStatus(deps, { ...report, status: "sent" });
    await applyStatus(deps, { ...report, status: "delivered" });
    expect(await spent()).toMatchObject([{ messages: 1, estimated: 0.05 }]);
    const second = await send("Encore");
    const actor = { kind: "system" } as const;
    await confirmMessage(deps, { scope: outbox.scope, messageId: second, actor });
    expect(await spent()).toMatchObject([{ messages: 2, estimated: 0.1 }]);
  });

  it("counts a send whose first receipt came before an answer that nobody can read", async () => {
    const message = await outbox.enqueue("Bonjour");
    const say = (status: "sent" | "delivered") =>
      applyCallback(deps, {
        accountSid: outbox.workspace.account.sid,
        isSigned: () => true,
        report: {
          messageId: message.id,
          attempt: 1,
          providerId: "SM1",
          status,
          errorCode: null,
          errorMessage: null,
          carrierAt: null,
          data: {},
          via: "callback",
        },
      });
    deps.provider.answer = async () => {
      await say("sent");
      return { kind: "unknown", reason: "reset", httpStatus: null };
    };
    await outbox.dispatch();
    await say("delivered");
    expect(await spent()).toMatchObject([{ messages: 1, estimated: 0.05 }]);
  });

  it("counts a send that a receipt told of before its process died", async () => {
    const message = await outbox.enqueue("Bonjour");
    await abandonSend(deps, message, outbox.workspace);
    await applyStatus(deps, {
      messageId: message.id,
      attempt: 1,
      providerId: "SM1",
      status: "delivered",
      errorCode: null,
      errorMessage: null,
      carrierAt: null,
      data: {},
      via: "callback",
    });
    expect(await spent()).toEqual([]);
    await sweepOutbound(deps);
    await sweepOutbound(deps);
    expect(await spent()).toMatchObject([{ messages: 1, estimated: 0.05 }]);
  });

  it("counts the second send of a message that is tried again", async () => {
    const id = await send("Deux fois");
    await deps.sql`update messages set status = 'queued', provider_id = null where id = ${id}`;
    await outbox.dispatch();
    expect(await spent()).toMatchObject([{ messages: 2, estimated: 0.1 }]);
  });
});

describe("real prices", () => {
  const price = (n: number, amount: number | null, currency = "EUR") => ({
    providerId: `SM${n.toString(16).padStart(32, "0")}`,
    price: amount === null ? null : { amount, currency },
  });

  /** The next morning, when the day's list is due. */
  async function nextMorning() {
    await rollUpSpending(deps);
    const tomorrow = new Date("2026-11-21T02:05:00Z").getTime();
    deps.clock.advance(tomorrow - deps.clock.now().getTime());
  }

  it("come from the list of the day, one request for all, in the place of the estimates", async () => {
    const ids = [await send("un"), await send("deux"), await send("trois")];
    expect((await fetchPrices(deps, { signal: never })).days).toBe(0);
    await nextMorning();
    deps.provider.prices = [[price(1, 0.0798), price(2, 0.06), price(3, null), price(99, 5)]];
    const report = await fetchPrices(deps, { signal: never });
    expect(report).toEqual({ days: 1, priced: 2, silent: 0 });
    expect(deps.provider.priceQueries).toEqual([
      {
        from: new Date("2026-11-20T00:00:00Z"),
        until: new Date("2026-11-21T01:00:00Z"),
        page: null,
      },
    ]);
    const first = await outbox.row(ids[0] ?? "");
    expect([first.price, first.priceUnit]).toEqual(["0.0798", "EUR"]);
    expect((await outbox.row(ids[2] ?? "")).price).toBeNull();
    const conversationId = outbox.conversation.id;
    const thread = await threadPage(deps.db, outbox.scope, { conversationId, before: null });
    expect(thread.messages.map(({ cost }) => cost)).toEqual([
      { amount: 0.0798, currency: "EUR", isEstimate: false },
      { amount: 0.06, currency: "EUR", isEstimate: false },
      { amount: 0.05, currency: "EUR", isEstimate: true },
    ]);
    expect(await spent()).toMatchObject([{ messages: 3, billed: 0.1398, estimated: 0.05 }]);
  });

  it("are asked for daily while one is missing, never twice for one message, and not for ever", async () => {
    await send("un");
    await nextMorning();
    deps.provider.prices = [[price(1, null)]];
    for (let day = 0; day < 10; day += 1) {
      await fetchPrices(deps, { signal: never });
      await fetchPrices(deps, { signal: never });
      deps.clock.advance(86_400_000);
    }
    expect(deps.provider.priceQueries).toHaveLength(7);
    expect(await spent()).toMatchObject([{ billed: 0, estimated: 0.05 }]);
  });

  it("are written once, however often the list is read", async () => {
    await send("un");
    await nextMorning();
    deps.provider.prices = [[price(1, 0.07), price(50, null)]];
    await fetchPrices(deps, { signal: never });
    deps.clock.advance(86_400_000);
    deps.provider.prices = [[price(1, 0.07)]];
    expect((await fetchPrices(deps, { signal: never })).priced).toBe(0);
    expect(await spent()).toMatchObject([{ messages: 1, billed: 0.07, estimated: 0 }]);
  });

  it("in another currency stand beside the estimates that a budget goes on counting", async () => {
    await send("un");
    await nextMorning();
    deps.provider.prices = [[price(1, 0.0798, "USD")]];
    await fetchPrices(deps, { signal: never });
    await rollUpSpending(deps);
    expect(await spent()).toMatchObject([
      { currency: "EUR", messages: 0, billed: 0, estimated: 0, billedElsewhere: 0.05 },
      { currency: "USD", messages: 1, billed: 0.0798, estimated: 0, billedElsewhere: 0 },
    ]);
  });

  it("of a message without an estimate, and of what came in, are counted as well", async () => {
    await replacePrices(deps, by, []);
    await send("un");
    const { integration, account, workspaceId } = outbox.workspace;
    const { id: conversationId, personId, address } = outbox.conversation;
    const inbound = deps.chance.uuid();
    await deps.sql`
      insert into messages (id, workspace_id, conversation_id, integration_id, account_id, person_id,
        seq, direction, channel, from_address, to_address, body, status, provider_id, created_at)
      values (${inbound}, ${workspaceId}, ${conversationId}, ${integration.id}, ${account.id},
        ${personId}, 2, 'in', 'sms', ${address}, ${integration.sender}, 'oui', 'received', 'SMin',
        ${deps.clock.now()})`;
    await nextMorning();
    const received = { providerId: "SMin", price: { amount: 0.01, currency: "USD" } };
    deps.provider.prices = [[price(1, 0.08, "USD"), received]];
    expect((await fetchPrices(deps, { signal: never })).priced).toBe(2);
    expect((await outbox.row(inbound)).price).toBe("0.01");
    expect(await spent()).toMatchObject([
      { currency: "USD", messages: 2, unpriced: 0, billed: 0.09 },
    ]);
  });

  it("are read page by page; a run that is stopped goes on where it was", async () => {
    await send("un");
    await send("deux");
    await nextMorning();
    deps.provider.prices = [[price(1, 0.07)], [price(2, 0.07)]];
    const stop = new AbortController();
    const listPrices = deps.provider.listPrices.bind(deps.provider);
    deps.provider.listPrices = async (account, query) => {
      stop.abort();
      return listPrices(account, query);
    };
    expect(await fetchPrices(deps, { signal: stop.signal })).toMatchObject({ days: 0, priced: 1 });
    expect(await fetchPrices(deps, { signal: never })).toMatchObject({ days: 1, priced: 1 });
    expect(deps.provider.priceQueries.map(({ page }) => page)).toEqual([null, "1"]);
  });

  it("of a provider that does not answer are asked for again an hour later", async () => {
    await send("un");
    await nextMorning();
    deps.provider.prices = null;
    expect(await fetchPrices(deps, { signal: never })).toMatchObject({ days: 0, silent: 1 });
    deps.provider.prices = [[price(1, 0.07)]];
    expect(await fetchPrices(deps, { signal: never })).toMatchObject({ days: 0, silent: 0 });
    deps.clock.advance(3_600_000);
    expect(await fetchPrices(deps, { signal: never })).toMatchObject({ days: 1, priced: 1 });
  });
});

describe("budget", () => {
  it("tells administrators once a month that the soft cap is reached", async () => {
    await setCaps("0.10", null);
    await send("un");
    await rollUpSpending(deps);
    expect(await alerts()).toEqual([]);
    await send("deux");
    await rollUpSpending(deps);
    await rollUpSpending(deps);
    expect(await alerts()).toMatchObject([{ kind: "budget_soft_cap", errorCode: MONTH, count: 1 }]);
    expect(await outbox.row(await send("trois"))).toMatchObject({ status: "accepted" });
  });

  it("holds the normal lane at the hard cap, and lets an agent's reply leave", async () => {
    await setCaps(null, "0.10");
    const ids = [await send("un"), await send("deux"), await send("trois")];
    const rows = await Promise.all(ids.map((id) => outbox.row(id)));
    expect(rows.map(({ status }) => status)).toEqual(["accepted", "accepted", "queued"]);
    const reply = await send("Je réponds", "interactive");
    expect(await outbox.row(reply)).toMatchObject({ status: "accepted" });
    expect(await alerts()).toMatchObject([{ kind: "budget_hard_cap", errorCode: MONTH }]);
    expect(deps.changes.some((change) => change.kind === "conversation")).toBe(true);
  });

  it("starts no run for what it holds: neither a bell nor the sweep", async () => {
    await setCaps(null, "0.05");
    await send("un");
    await outbox.enqueue("deux", { lane: "normal" });
    const outcome = await outbox.dispatch();
    expect(outcome).toMatchObject({ kind: "done", nextDue: null });
    expect((await sweepOutbound(deps)).accountIds).not.toContain(outbox.workspace.account.id);
    await outbox.enqueue("réponse", { lane: "interactive" });
    expect((await sweepOutbound(deps)).accountIds).toContain(outbox.workspace.account.id);
  });

  it("lets what waited leave when the cap is raised, taken away, or a new month begins", async () => {
    await setCaps(null, "0.05");
    await send("un");
    const second = await send("deux");
    expect((await outbox.row(second)).status).toBe("queued");
    deps.bells.length = 0;
    await setCaps(null, "0.10");
    expect(deps.bells).toMatchObject([{ kind: "dispatch" }]);
    expect(await alerts()).toEqual([]);
    await outbox.dispatch();
    expect((await outbox.row(second)).status).toBe("accepted");

    const third = await send("trois");
    expect((await outbox.row(third)).status).toBe("queued");
    await setCaps(null, null);
    await outbox.dispatch();
    expect((await outbox.row(third)).status).toBe("accepted");

    await setCaps(null, "0.05");
    const december = new Date("2026-11-30T23:00:01Z");
    const fourth = await outbox.enqueue("quatre", {
      lane: "normal",
      expiresAt: new Date("2026-12-05T00:00:00Z"),
    });
    await outbox.dispatch();
    expect((await outbox.row(fourth.id)).status).toBe("queued");
    deps.clock.advance(december.getTime() - deps.clock.now().getTime());
    deps.bells.length = 0;
    await rollUpSpending(deps);
    const { id: accountId } = outbox.workspace.account;
    expect(deps.bells).toContainEqual({ kind: "dispatch", accountId, at: deps.clock.now() });
    await outbox.dispatch();
    expect((await outbox.row(fourth.id)).status).toBe("accepted");
    expect(await spent("2026-12")).toMatchObject([{ messages: 1 }]);
  });

  it("is passed by the price of one message at the most, also by a bulk", async () => {
    await setCaps(null, "1.02");
    await queueBulk(deps, outbox.workspace, { count: 60 });
    await outbox.dispatch();
    const [row] = await spent();
    expect(row?.estimated).toBeGreaterThanOrEqual(1.02);
    expect(row?.estimated).toBeLessThanOrEqual(1.07);
    const [budget] = await deps.db
      .select()
      .from(budgets)
      .where(eq(budgets.workspaceId, by.workspaceId));
    expect(budget?.isUsedUp).toBe(true);
  });

  it("expires what waits for too long, like anything that waits", async () => {
    await setCaps(null, "0");
    const id = await send("un");
    deps.clock.advance(73 * 3_600_000);
    await sweepOutbound(deps);
    expect((await outbox.row(id)).status).toBe("expired");
  });
});
