import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { createClient } from "../support/api";
import { type AppProcess, freePort, launchApp } from "../support/app-process";
import { createConversation, type TestConversation } from "../support/conversation";
import { openEmbeddedDatabase } from "../support/embedded-database";
import { type SimulatorProcess, startSimulatorProcess } from "../support/simulator-process";
import { createIntegration, createWorkspace, type TestWorkspace } from "../support/workspace";

/**
 * The app and its embedded database die at once, by SIGKILL, while replies leave to a provider that
 * throttles, fails, takes and says nothing, and loses and doubles its receipts. The phone network is a
 * process of its own; its ledger says what has really left, and in which order. The long form does the
 * same to two instances of the app on one database, of which one dies while the other works on.
 */
const IS_LONG = process.env.TEST_LONG === "1";
const KILLS = IS_LONG ? 10 : 2;
/** The database goes with the app at each of these; at the others it survives and is found again. */
const KILLS_WITH_DATABASE = IS_LONG ? [3, 10] : [2];
const INSTANCES = IS_LONG ? [1, 2] : [1];
const SENDERS = 3;
const CONVERSATIONS = 50;
const REPLIES = IS_LONG ? 100 : 10;
const TOTAL = CONVERSATIONS * REPLIES;
/** Of an account's window: as many may be in flight. */
const SLOTS = 50;
/** Divides the waits of sending: a lease of 4 s, looks after 6 s and 12 s, receipts after 24 s. */
const TIME_SCALE = "5";
const MARKER = "chaos";
const FAILURES = {
  /** So long after it took a message does the network answer: a kill finds sends under way. */
  slowMs: 200,
  throttlePercent: 5,
  errorPercent: 3,
  acceptedResetPercent: 2,
  acceptedHangPercent: 2,
  doubledReceiptsPercent: 10,
  droppedReceiptsPercent: 5,
  reorderedReceipts: true,
};

type World = { workspace: TestWorkspace; conversations: TestConversation[]; authorization: string };
type Database = ReturnType<typeof openEmbeddedDatabase>;

let folder: string;
/** Of each instance; receipts are posted to the first. */
let ports: number[];
let simulator: SimulatorProcess;
let apps: AppProcess[];
let database: Database;
let world: World;

for (const instances of INSTANCES) {
  test.describe(`${instances} at work`, () => {
    test.describe.configure({ mode: "serial", timeout: IS_LONG ? 3_600_000 : 600_000 });
    test.beforeAll(() => begin(instances));
    test.afterAll(end);
    test(
      "whatever fails and whenever it is killed, every reply leaves once and in order, and no doubt remains",
      sendAllOnce,
    );
    test(
      "every status is the network's, also where receipts were lost, doubled or out of order",
      agreeOnStatuses,
    );
  });
}

async function begin(instances: number) {
  test.setTimeout(600_000);
  folder = await mkdtemp(join(tmpdir(), "carillon-chaos-"));
  ports = await Promise.all(Array.from({ length: instances }, () => freePort()));
  apps = [];
  simulator = await startSimulatorProcess({
    folder: join(folder, "simulator"),
    port: await freePort(),
  });
  await start();
  world = await makeWorld();
  await simulator.control.setSwitches(null, FAILURES);
}

async function end() {
  await database?.close();
  await Promise.all((apps ?? []).map((app) => app.end()));
  await simulator?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
}

async function sendAllOnce() {
  await queueReplies();
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await untilTaken((TOTAL * kill) / (KILLS + 2));
    if (KILLS_WITH_DATABASE.includes(kill)) await killEverything();
    else await killOne(kill % ports.length);
    const taken = await takenBodies();
    expect(taken.length, "some are still to leave").toBeLessThan(TOTAL);
  }
  await expect.poll(countUnsettled, PATIENT).toBe(0);

  const taken = await takenBodies();
  expect(taken.toSorted(), "none is lost and none has left twice").toEqual(allBodies().toSorted());
  for (const [index] of world.conversations.entries()) {
    const own = taken.filter((body) => body.startsWith(bodyStart(index)));
    expect(own, "each conversation in its order").toEqual(own.toSorted());
  }
}

async function agreeOnStatuses() {
  const differing = async () => {
    const theirs = await simulator.control.messages({ marker: MARKER });
    const { sql } = database.deps;
    const ours = await sql<{ id: string; status: string }[]>`
      select provider_id as id, status from messages where direction = 'out'`;
    const known = new Map(ours.map((row) => [row.id, row.status]));
    return theirs.flatMap(({ sid, status }) =>
      known.get(sid) === status ? [] : [`${sid}: ${status}, here ${known.get(sid)}`],
    );
  };
  await expect.poll(differing, PATIENT).toEqual([]);
}

/** The runner's own limit ends a wait in vain. */
const PATIENT = { timeout: 0, intervals: [250] };

/** Starts those that do not run. The first one brings the database up, maybe at another port. */
async function start() {
  for (const [index, port] of ports.entries()) {
    if (apps[index] && !apps[index].hasEnded()) continue;
    const app = launchOne(port);
    apps[index] = app;
    await app.answers();
  }
  await database?.close();
  database = openEmbeddedDatabase(join(folder, "data"));
}

function launchOne(port: number) {
  return launchApp(
    {
      PORT: String(port),
      APP_URL: `http://127.0.0.1:${ports[0]}`,
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
}

/** The database lives on, and so does the other instance, where there is one. */
async function killOne(index: number) {
  await apps[index]?.kill();
  const killedAt = new Date();
  await start();
  // Another instance may have been the one at work.
  if (ports.length === 1) await expectCutOff(killedAt);
}

async function killEverything() {
  process.kill(database.pid, "SIGKILL");
  await Promise.all(apps.map((app) => app.kill()));
  const killedAt = new Date();
  await start();
  await expectCutOff(killedAt);
}

async function expectCutOff(killedAt: Date) {
  const cutOff = await countCutOff(killedAt);
  expect(cutOff, "some were in flight at the kill").toBeGreaterThan(0);
  expect(cutOff, "at most the slots").toBeLessThanOrEqual(SLOTS);
}

async function makeWorld(): Promise<World> {
  const { deps } = database;
  const workspace = await createWorkspace(deps);
  const senders = [workspace.integration];
  while (senders.length < SENDERS) senders.push(await createIntegration(deps, workspace));
  await simulator.control.registerAccount({
    sid: workspace.account.sid,
    token: workspace.account.token,
    webhookUrl: null,
    numbers: senders.map(({ sender }) => ({ number: sender })),
  });
  const conversations: TestConversation[] = [];
  for (let n = 0; n < CONVERSATIONS; n += 1) {
    const address = `+336110${String(n).padStart(5, "0")}`;
    const integrationId = senders[n % SENDERS]?.id;
    conversations.push(await createConversation(deps, workspace, { address, integrationId }));
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
  const url = `http://127.0.0.1:${ports[0]}/api/v1/conversations/${id}/messages`;
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
  const { workspaceId } = world.workspace;
  if (isPaused) {
    await sql`insert into sending_pauses (workspace_id, scope, since)
      values (${workspaceId}, 'all', now())`;
  } else await sql`delete from sending_pauses where workspace_id = ${workspaceId}`;
}

async function bodiesOf(status: string): Promise<string[]> {
  const rows = await database.deps.sql<{ body: string }[]>`
    select body from messages where direction = 'out' and status = ${status} order by body`;
  return rows.map((row) => row.body);
}

/** Attempts that had begun and not ended when everything died. */
async function countCutOff(killedAt: Date): Promise<number> {
  const [row] = await database.deps.sql<{ count: number }[]>`
    select count(*)::int from attempts
    where started_at <= ${killedAt} and (outcome is null or finished_at > ${killedAt})`;
  return row?.count ?? 0;
}

/** What waits, is on its way, or may or may not have left. */
async function countUnsettled(): Promise<number> {
  const [row] = await database.deps.sql<{ count: number }[]>`
    select count(*)::int from messages where direction = 'out'
      and status in ('queued', 'scheduled', 'sending', 'unconfirmed', 'paused')`;
  return row?.count ?? 0;
}
