import { beforeEach, describe, expect, test } from "vitest";
import { rollUpSpending } from "../../lib/costs/roll-up-spending";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { createClient, installRuntime } from "../support/api";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let admin: Awaited<ReturnType<typeof createClient>>;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  admin = await createClient(deps, workspace.workspaceId, { role: "admin" });
});

const price = { channel: "sms", country: "FR", amount: "0.05", currency: "EUR" };
const dispatch = () => dispatchAccount(deps, { accountId: workspace.account.id });
const send = (body: string) => admin.post("/messages", { channel: "sms", to: "0612345678", body });

describe("/prices", () => {
  test("R032 an administrator reads and replaces the price table; others may not", async () => {
    const put = await admin.put("/prices", [price, { ...price, country: null, amount: "0.12" }]);
    expect(put.status).toBe(200);
    expect((await admin.get("/prices")).body).toEqual({
      data: [price, { ...price, country: null, amount: "0.12" }],
    });
    const agent = await createClient(deps, workspace.workspaceId, { role: "agent" });
    expect((await agent.get("/prices")).status).toBe(403);
    expect((await agent.put("/prices", [])).status).toBe(403);
    const other = await createWorkspace(deps);
    const stranger = await createClient(deps, other.workspaceId, { role: "admin" });
    expect((await stranger.get("/prices")).body.data).toEqual([]);
  });

  test("what is wrong is named at its row, and nothing changes", async () => {
    await admin.put("/prices", [price]);
    const { status, body } = await admin.put("/prices", [price, price]);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: "price_twice", errors: [{ path: "1.country" }] });
    const wrong = [
      { ...price, amount: "0,05" },
      { ...price, amount: 0.05 },
      { ...price, amount: "-1" },
      { ...price, currency: "euro" },
      { ...price, currency: "XYZ" },
      { ...price, country: "France" },
      { ...price, country: "XX" },
      { ...price, channel: "fax" },
    ];
    for (const row of wrong) {
      const answer = await admin.put("/prices", [row]);
      expect(answer.status, JSON.stringify(row)).toBe(422);
      expect(answer.body.errors[0].path).toMatch(/^0\./);
    }
    expect((await admin.get("/prices")).body.data).toEqual([price]);
  });
});

describe("/budget", () => {
  test("R032 says what was spent this month and what may be", async () => {
    await admin.put("/prices", [price]);
    expect((await admin.get("/budget")).body).toEqual({
      month: "2026-11",
      budget: null,
      spending: [],
    });
    const saved = await admin.put("/budget", { currency: "EUR", softCap: "8", hardCap: "10.5" });
    expect(saved.body.budget).toEqual({
      currency: "EUR",
      softCap: "8",
      hardCap: "10.5",
      spent: "0",
      isUsedUp: false,
    });
    await send("Bonjour");
    await dispatch();
    const { body } = await admin.get("/budget");
    expect(body.budget.spent).toBe("0.05");
    expect(body.spending).toMatchObject([
      { channel: "sms", country: "FR", currency: "EUR", messages: 1, estimated: "0.05" },
    ]);
  });

  test("a soft cap above the hard one, and what is no amount, are refused with words", async () => {
    const order = await admin.put("/budget", { currency: "EUR", softCap: "11", hardCap: "10" });
    expect(order.body).toMatchObject({ code: "cap_order", errors: [{ path: "softCap" }] });
    const text = await admin.put("/budget", { currency: "EUR", softCap: "much", hardCap: null });
    expect(text.status).toBe(422);
    expect(text.body.errors).toMatchObject([{ path: "softCap" }]);
  });

  test("a message beyond the hard cap is taken with 202, says why it waits, and leaves with a larger cap", async () => {
    await admin.put("/prices", [price]);
    await admin.put("/budget", { currency: "EUR", softCap: null, hardCap: "0.05" });
    const first = await send("Bonjour");
    await dispatch();
    const second = await send("Encore");
    expect(second.status).toBe(202);
    await dispatch();
    const sent = (await admin.get(`/messages/${first.body.id}`)).body;
    expect(sent).toMatchObject({
      status: "accepted",
      price: null,
      priceEstimate: "0.05",
      priceEstimateUnit: "EUR",
    });
    const held = (await admin.get(`/messages/${second.body.id}`)).body;
    expect(held).toMatchObject({
      status: "queued",
      statusReason: "budget_used_up",
      priceEstimate: null,
    });
    expect((await admin.get("/budget")).body.budget.isUsedUp).toBe(true);
    const at = (seconds: number) =>
      new Date(deps.clock.now().getTime() + seconds * 1000).toISOString();
    const planned = { channel: "sms", to: "0612345679", body: "Plus tard" };
    const soon = await admin.post("/messages", { ...planned, sendAt: at(30) });
    const late = await admin.post("/messages", { ...planned, sendAt: at(3600) });
    deps.clock.advance(60_000);
    await rollUpSpending(deps);
    const reasonOf = async (id: string) => (await admin.get(`/messages/${id}`)).body.statusReason;
    expect(await reasonOf(soon.body.id)).toBe("budget_used_up");
    expect(await reasonOf(late.body.id)).toBeNull();
    await admin.put("/budget", { currency: "EUR", softCap: null, hardCap: "1" });
    await dispatch();
    expect((await admin.get(`/messages/${second.body.id}`)).body).toMatchObject({
      status: "accepted",
      statusReason: null,
    });
  });
});
