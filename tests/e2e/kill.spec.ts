import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { createClient } from "../support/api";
import { type AppProcess, freePort, launchApp } from "../support/app-process";
import { createConversation, type TestConversation } from "../support/conversation";
import { openEmbeddedDatabase } from "../support/embedded-database";
import { type SimulatorProcess, startSimulatorProcess } from "../support/simulator-process";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

/**
 * The app and its embedded database die at once, by SIGKILL, while replies are leaving. The phone
 * network is a process of its own; its ledger says what has really left, and in which order.
 */
const IS_LONG = process.env.TEST_LONG === "1";
const KILLS = IS_LONG ? 4 : 1;
const CONVERSATIONS = 50;
const REPLIES = IS_LONG ? 60 : 10;
const TOTAL = CONVERSATIONS * REPLIES;
/** Of an account's window: as many may be in flight. */
const SLOTS = 50;
/** Divides the waits of sending: a lease of 4 s, a held conversation of 24 s. */
const TIME_SCALE = "5";
/** So long after it took a message does the network answer: a kill finds sends under way. */
const SLOW_MS = IS_LONG ? 600 : 400;
const MARKER = "kill-test";

type World = { workspace: TestWorkspace; conversations: TestConversation[]; authorization: string };
type Database = ReturnType<typeof openEmbeddedDatabase>;

let folder: string;
let port: number;
let simulator: SimulatorProcess;
let app: AppProcess;
let database: Database;
let world: World;

test.describe.configure({ mode: "serial", timeout: IS_LONG ? 1_800_000 : 600_000 });

test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = await mkdtemp(join(tmpdir(), "carillon-kill-"));
  port = await freePort();
  simulator = await startSimulatorProcess({
    folder: join(folder, "simulator"),
    port: await freePort(),
  });
  await start();
  world = await makeWorld();
  await simulator.control.setSwitches(null, { slowMs: SLOW_MS });
  for (const [index, { address }] of world.conversations.entries()) {
    await simulator.control.setSwitches(address, silence(index));
  }
});

test.afterAll(async () => {
  await database?.close();
  await app?.end();
  await simulator?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Until told otherwise no phone tells anything; those of odd number never will. */
function silence(index: number) {
  return index % 2 === 0 ? { sentAfterMs: 3_600_000 } : { receipts: false };
}

test("replies that a hard kill finds on their way leave exactly once and in order, or are unconfirmed", async () => {
  await queueReplies();
  const lost = new Set<string>();
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const isLast = kill === KILLS;
    await untilTaken((TOTAL * kill) / (KILLS + 2));
    // The last time the database goes with the app; before, it survives and is found again.
    const killedAt = await killApp({ withDatabase: isLast || kill % 2 === 1 });
    const taken = await takenBodies();
    expect(taken.length, "some have left").toBeGreaterThan(0);
    expect(taken.length, "some are still to leave").toBeLessThan(TOTAL);
    if (isLast) await simulator.control.setSwitches(null, { slowMs: 0 });
    await start();
    const unconfirmed = await untilCutOffEnd(killedAt);
    const fresh = unconfirmed.filter((body) => !lost.has(body));
    expect(fresh.length, "those in flight at the kill").toBeGreaterThan(0);
    expect(fresh.length, "at most the slots").toBeLessThanOrEqual(SLOTS);
    for (const body of unconfirmed) lost.add(body);
  }
  await untilNothingWaits();

  const taken = await takenBodies();
  expect(new Set(taken).size, "none has left twice").toBe(taken.length);
  const unsent = allBodies().filter((body) => !taken.includes(body));
  expect(unsent.filter((body) => !lost.has(body))).toEqual([]);
  for (const [index] of world.conversations.entries()) {
    const own = taken.filter((body) => body.startsWith(bodyStart(index)));
    expect(own, "each conversation in its order").toEqual(own.toSorted());
  }
  expect((await bodiesOf("unconfirmed")).toSorted()).toEqual([...lost].toSorted());
});

test("what waited behind an unconfirmed reply has left, and a callback settles the unconfirmed one", async () => {
  const taken = await takenBodies();
  const unconfirmed = await bodiesOf("unconfirmed");
  const held = unconfirmed.filter((body) => !body.endsWith(nth(REPLIES - 1)));
  expect(held.length).toBeGreaterThan(0);
  for (const body of held) {
    const last = `${body.slice(0, -nth(0).length)}${nth(REPLIES - 1)}`;
    expect(taken, `the last one behind ${body}`).toContain(last);
  }

  // The phones of even number speak again; a callback that came in vain is not repeated.
  for (const [index, { address }] of world.conversations.entries()) {
    if (index % 2 === 0) await simulator.control.calmDown(address);
  }
  await simulator.restart();
  const isTold = (body: string) => numberOf(body) % 2 === 0;
  const stays = unconfirmed.filter((body) => !isTold(body) || !taken.includes(body));
  expect(stays.length).toBeLessThan(unconfirmed.length);
  await expect.poll(() => bodiesOf("unconfirmed"), PATIENT).toEqual(stays);
  const settled = unconfirmed.filter((body) => !stays.includes(body));
  const delivered = async () => (await bodiesOf("delivered")).filter((b) => settled.includes(b));
  await expect.poll(delivered, PATIENT).toEqual(settled);
  expect((await takenBodies()).length, "and nothing is sent again").toBe(taken.length);
});

/** The runner's own limit ends a wait in vain. */
const PATIENT = { timeout: 0, intervals: [250] };

async function start() {
  app = launchApp(
    {
      PORT: String(port),
      DATA_DIR: join(folder, "data"),
      DATABASE_URL: "",
      AUTH_SECRET: "a secret of the tests, long enough to sign with",
      ENCRYPTION_KEY: "00".repeat(32),
      TWILIO_API_URL: simulator.url,
      INNGEST_DEV: "",
      DEMO: "false",
      SCHEDULER_INTERVAL_SECONDS: "2",
    },
    ["--time-scale", TIME_SCALE],
  );
  await app.answers();
  database = openEmbeddedDatabase(join(folder, "data"));
}

async function killApp({ withDatabase }: { withDatabase: boolean }) {
  const { pid } = database;
  if (withDatabase) process.kill(pid, "SIGKILL");
  await app.kill();
  await database.close();
  return new Date();
}

async function makeWorld(): Promise<World> {
  const { deps } = database;
  const workspace = await createWorkspace(deps);
  await simulator.register(workspace);
  const conversations: TestConversation[] = [];
  for (let n = 0; n < CONVERSATIONS; n += 1) {
    const address = `+336110${String(n).padStart(5, "0")}`;
    conversations.push(await createConversation(deps, workspace, { address }));
  }
  const { authorization } = await createClient(deps, workspace.workspaceId, { role: "agent" });
  return { workspace, conversations, authorization };
}

/** Through the API while sending is paused, so that all are there when the first one leaves. */
async function queueReplies() {
  await pauseSending(true);
  const waiting = world.conversations.map((conversation, index) => ({ conversation, index }));
  const workers = Array.from({ length: 8 }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      for (let n = 0; n < REPLIES; n += 1) await reply(next.conversation, next.index, n);
    }
  });
  await Promise.all(workers);
  expect((await bodiesOf("queued")).length).toBe(TOTAL);
  await pauseSending(false);
}

async function reply({ id }: TestConversation, index: number, n: number) {
  const url = `http://127.0.0.1:${port}/api/v1/conversations/${id}/messages`;
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: world.authorization, "content-type": "application/json" },
    body: JSON.stringify({ body: bodyStart(index) + nth(n) }),
  });
  expect(response.status, await response.text()).toBe(202);
}

function bodyStart(index: number) {
  return `${MARKER} ${String(index).padStart(3, "0")}/`;
}

function nth(n: number) {
  return String(n).padStart(4, "0");
}

function numberOf(body: string) {
  return Number(body.slice(MARKER.length + 1).split("/")[0]);
}

function allBodies() {
  return world.conversations.flatMap((_, index) =>
    Array.from({ length: REPLIES }, (_, n) => bodyStart(index) + nth(n)),
  );
}

/** What the network has taken, in its order. */
async function takenBodies() {
  const messages = await simulator.control.messages({ marker: MARKER });
  return messages.map((message) => message.body);
}

async function untilTaken(count: number) {
  while ((await takenBodies()).length < count) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function pauseSending(isPaused: boolean) {
  const { sql } = database.deps;
  await sql`update workspaces set is_sending_paused = ${isPaused}
    where id = ${world.workspace.workspaceId}`;
}

async function bodiesOf(status: string): Promise<string[]> {
  const rows = await database.deps.sql<{ body: string }[]>`
    select body from messages where direction = 'out' and status = ${status} order by body`;
  return rows.map((row) => row.body);
}

/** What the kill has cut off, once its leases have run out. */
async function untilCutOffEnd(killedAt: Date): Promise<string[]> {
  const { sql } = database.deps;
  const cutOff = () => sql<{ body: string; status: string }[]>`
    select m.body, m.status from messages m
    join attempts a on a.message_id = m.id and a.number = m.attempt
    where a.started_at <= ${killedAt} and (a.outcome is null or m.status_reason = 'lease_expired')
    order by m.body`;
  const underWay = async () => (await cutOff()).filter(({ status }) => status === "sending").length;
  await expect.poll(underWay, PATIENT).toBe(0);
  return (await cutOff()).map(({ body }) => body);
}

async function untilNothingWaits() {
  const waiting = async () =>
    [...(await bodiesOf("queued")), ...(await bodiesOf("sending"))].length;
  await expect.poll(waiting, PATIENT).toBe(0);
}
