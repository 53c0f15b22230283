import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import { startSimulator } from "../../lib/embedded/simulator/server";
import {
  accountsFor,
  HASTE,
  openPhoneNetwork,
  PERSON,
  SMS_NUMBER,
  twilioClient,
  WHATSAPP_NUMBER,
} from "../support/phone-network";
import type { Received } from "../support/webhook-sink";

const network = openPhoneNetwork();
const OTHER = "+33612345679";
const status = (m: string) => (one: Received) => one.params.MessageStatus === m;

function create(input: object = {}) {
  return network.client.messages.create({
    to: PERSON,
    from: SMS_NUMBER,
    body: "Bonjour",
    statusCallback: `${network.sink.url}/status`,
    ...input,
  });
}

test("a phone's own switches touch that phone alone and are calmed one by one", async () => {
  await network.control.setSwitches(PERSON, { refuseWith: 21614 });
  await expect(create()).rejects.toMatchObject({ status: 400, code: 21614 });
  expect((await create({ to: OTHER })).status).toBe("queued");
  await network.control.calmDown(PERSON);
  expect((await create()).status).toBe("queued");
});

test("refuseWith gives any refusal its own HTTP status", async () => {
  for (const [code, http] of [
    [21610, 400],
    [21408, 400],
    [20003, 401],
    [20503, 503],
  ] as const) {
    await network.control.setSwitches(null, { refuseWith: code });
    await expect(create()).rejects.toMatchObject({ status: http, code });
  }
});

test("an unreachable phone takes the message and ends undelivered with 30003", async () => {
  await network.control.setSwitches(PERSON, { failWith: 30003 });
  const { sid } = await create();
  const [told] = await network.sink.until(1, status("undelivered"));
  expect(told?.params).toMatchObject({ ErrorCode: "30003", MessageSid: sid });
  expect(await network.client.messages(sid).fetch()).toMatchObject({
    status: "undelivered",
    errorCode: 30003,
  });
});

test("a slow answer is overtaken by the receipts of its own message", async () => {
  await network.control.setSwitches(null, { slowMs: 300 });
  const creating = create();
  const [first] = await network.sink.until(1, status("delivered"));
  const created = await creating;
  expect(created.sid).toBe(first?.params.MessageSid);
  expect(created.status).toBe("queued");
});

test("429 and 500 answers take nothing", async () => {
  await network.control.setSwitches(null, { throttlePercent: 100 });
  await expect(create()).rejects.toMatchObject({ status: 429, code: 20429 });
  await network.control.setSwitches(null, { throttlePercent: 0, errorPercent: 100 });
  await expect(create()).rejects.toMatchObject({ status: 500, code: 20500 });
  expect(await network.control.messages()).toEqual([]);
  const ledger = await network.control.ledger("refused");
  expect(
    ledger
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).code),
  ).toContain(20429);
});

test.each([
  ["acceptedErrorPercent", "500", { status: 500 }],
  ["acceptedResetPercent", "reset", { code: "ECONNRESET" }],
  ["acceptedHangPercent", "hang", { code: "ECONNABORTED" }],
  ["acceptedGarbagePercent", "garbage", { name: "SyntaxError" }],
] as const)(
  "%s: the message is taken and lives on, the caller cannot know",
  async (name, answer, error) => {
    await network.control.setSwitches(null, { [name]: 100 });
    const fault = await create({ body: `marked ${name}` }).catch((e) => e);
    expect(fault).toMatchObject(error);
    await network.sink.until(1, status("delivered"));
    const taken = await network.control.messages({ marker: `marked ${name}` });
    expect(taken.map((m) => m.answer)).toEqual([answer]);
  },
);

test("receipts are doubled, dropped or switched off", async () => {
  await network.control.setSwitches(null, { doubledReceiptsPercent: 100 });
  await create();
  await network.sink.until(4);
  const names = network.sink.received.map((one) => one.params.MessageStatus).sort();
  expect(names).toEqual(["delivered", "delivered", "sent", "sent"]);
  await network.control.setSwitches(null, { doubledReceiptsPercent: 0 });
  await network.control.setSwitches(PERSON, { droppedReceiptsPercent: 100 });
  const { sid } = await create();
  await create({ to: OTHER });
  await network.sink.until(1, (one) => one.params.To === OTHER && status("delivered")(one));
  const [dropped] = (await network.control.messages({ to: PERSON })).filter((m) => m.sid === sid);
  expect(dropped?.receipts[0]?.outcome).toBe("dropped");
});

test("reordered receipts arrive last status first", async () => {
  await network.control.setSwitches(null, { reorderedReceipts: true, queuedReceipt: true });
  await create();
  const told = await network.sink.until(3);
  expect(told.map((one) => one.params.MessageStatus)).toEqual(["delivered", "sent", "queued"]);
});

test("queuedReceipt makes three callbacks a message", async () => {
  await network.control.setSwitches(null, { queuedReceipt: true });
  await create();
  const told = await network.sink.until(3);
  expect(told.map((one) => one.params.MessageStatus)).toEqual(["queued", "sent", "delivered"]);
});

test("beyond the concurrency limit requests are answered 429", async () => {
  await network.control.setSwitches(null, { concurrencyLimit: 1, slowMs: 200 });
  const outcomes = await Promise.all(
    [1, 2, 3].map(() =>
      create().then(
        () => 201,
        (error) => error.status,
      ),
    ),
  );
  expect(outcomes.sort()).toEqual([201, 429, 429]);
});

test("a network that is down destroys every connection, a closed listener refuses it and opens again", async () => {
  await network.control.setSwitches(null, { down: true });
  await expect(create()).rejects.toMatchObject({ code: "ECONNRESET" });
  await network.control.setSwitches(null, { down: false });
  expect((await create()).status).toBe("queued");
  await network.control.closeListener(150);
  const fault = await refused();
  expect(fault).toBe("ECONNREFUSED");
  await reachable();
  expect((await create()).status).toBe("queued");
});

async function refused(): Promise<string> {
  for (;;) {
    const code = await create().then(
      () => null,
      (error) => String(error.code),
    );
    if (code === "ECONNREFUSED") return code;
  }
}

async function reachable() {
  for (;;) {
    const ok = await fetch(`${network.url}/control/state`).catch(() => null);
    if (ok?.ok) return;
  }
}

test("the same seed lets the same requests fail", async () => {
  const run = async () => {
    const simulator = await startSimulator({
      seed: 42,
      accounts: accountsFor(network.sink.url),
      switches: { ...HASTE, throttlePercent: 50 },
    });
    const client = twilioClient(simulator.url);
    const outcomes: boolean[] = [];
    for (let n = 0; n < 24; n += 1) {
      const input = { to: PERSON, from: SMS_NUMBER, body: "x" };
      outcomes.push(
        await client.messages.create(input).then(
          () => true,
          () => false,
        ),
      );
    }
    await simulator.close();
    return outcomes;
  };
  const first = await run();
  expect(new Set(first).size).toBe(2);
  expect(await run()).toEqual(first);
});

test("the ledger survives a restart: messages, opt-outs, windows, switches, phones, and what was under way", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "carillon-simulator-test-"));
  const accounts = accountsFor(`${network.sink.url}/in`);
  const first = await startSimulator({ dataDir, accounts });
  const before = simulatorControl(first.url);
  await before.addPhone(OTHER, "Awa");
  await before.setSwitches(OTHER, { refuseWith: 21614 });
  await before.setSwitches(null, { ...HASTE, sentAfterMs: 600_000 });
  await before.send({ from: PERSON, to: SMS_NUMBER, body: "STOP", wait: true });
  const whatsapp = { from: `whatsapp:${PERSON}`, to: `whatsapp:${WHATSAPP_NUMBER}` };
  await before.send({ ...whatsapp, body: "Bonjour", wait: true });
  const statusCallback = `${network.sink.url}/restart`;
  const waiting = await twilioClient(first.url).messages.create({
    to: whatsapp.from,
    from: whatsapp.to,
    body: "en route",
    statusCallback,
  });
  await first.close();
  const second = await startSimulator({ dataDir, accounts, switches: HASTE });
  const after = simulatorControl(second.url);
  const client = twilioClient(second.url);
  await network.sink.until(1, (one) => one.path === "/restart" && status("delivered")(one));
  const bodies = (await after.messages()).map((m) => m.body);
  expect(bodies).toEqual(expect.arrayContaining(["STOP", "Bonjour", "en route"]));
  expect((await client.messages(waiting.sid).fetch()).body).toBe("en route");
  const blocked = client.messages.create({ to: PERSON, from: SMS_NUMBER, body: "x" });
  await expect(blocked).rejects.toMatchObject({ code: 21610 });
  expect(await after.switches(OTHER)).toEqual({ refuseWith: 21614 });
  expect((await after.phones()).find((one) => one.phone === OTHER)?.name).toBe("Awa");
  await second.close();
  await rm(dataDir, { recursive: true });
});

test("a line that was cut by a kill is left out, and what is written after it stands", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "carillon-simulator-test-"));
  const accounts = accountsFor(`${network.sink.url}/in`);
  const say = async (body: string) => {
    const simulator = await startSimulator({ dataDir, accounts });
    const control = simulatorControl(simulator.url);
    await control.send({ from: PERSON, to: SMS_NUMBER, body, wait: true });
    const bodies = (await control.messages()).map((message) => message.body);
    await simulator.close();
    return bodies;
  };
  await say("before");
  await appendFile(join(dataDir, "ledger.jsonl"), '{"k":"message","at":17952');
  expect(await say("after")).toEqual(["before", "after"]);
  expect(await say("later")).toEqual(["before", "after", "later"]);
  await rm(dataDir, { recursive: true });
});

test("history gives persons their earlier messages once, and opens the WhatsApp windows", async () => {
  const history = [
    {
      sid: `SM${"a".repeat(32)}`,
      accountSid: String(network.client.accountSid),
      direction: "inbound" as const,
      from: `whatsapp:${PERSON}`,
      to: `whatsapp:${WHATSAPP_NUMBER}`,
      body: "Bonjour",
      status: "received" as const,
      at: new Date(Date.now() - 60_000),
    },
  ];
  const accounts = accountsFor(network.sink.url);
  const simulator = await startSimulator({ accounts, history: [...history, ...history] });
  const thread = await simulatorControl(simulator.url).thread(PERSON);
  expect(thread.messages.map((m) => m.body)).toEqual(["Bonjour"]);
  expect(thread.windows).toHaveLength(1);
  await simulator.close();
});

test("the control API refuses pages of a browser and says what is wrong with a switch", async () => {
  const url = `${network.url}/control/state`;
  expect((await fetch(url, { headers: { origin: "https://evil.test" } })).status).toBe(403);
  const wrong = network.control.setSwitches(null, { slowMs: -1 });
  await expect(wrong).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining("slowMs"),
  });
  expect(JSON.stringify(await network.control.state())).not.toContain("a-token-of-this-test");
  expect(await network.control.ledger()).not.toContain("a-token-of-this-test");
});
