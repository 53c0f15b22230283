import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { createClient } from "../support/api";
import { freePort } from "../support/app-process";
import { createConversation, type TestConversation } from "../support/conversation";
import { type FragilePostgres, startFragilePostgres } from "../support/fragile-postgres";
import { type LiveListener, listenLive } from "../support/live-listener";
import { startRunningApp } from "../support/running-app";
import { mintSessionCookie } from "../support/session";
import { type SimulatorProcess, startSimulatorProcess } from "../support/simulator-process";
import { messageSid, phoneNumber, signedRequest, smsFields } from "../support/twilio-request";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

/**
 * The database is away for 10 s while texts come in and replies leave: once killed, once frozen, when
 * it neither answers nor closes a connection.
 */
const AWAY_MS = 10_000;
/** A request that is asked while the database is away and has no answer by then hangs with it. */
const LIMIT_MS = 8000;

type App = Awaited<ReturnType<typeof startRunningApp>>;

let folder: string;
let postgres: FragilePostgres;
let simulator: SimulatorProcess;
let app: App;
let workspace: TestWorkspace;
let conversations: TestConversation[];
let authorization: string;
let cookie: string;
let live: LiveListener;

test.describe.configure({ mode: "serial", timeout: 300_000 });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  folder = await mkdtemp(join(tmpdir(), "carillon-outage-"));
  postgres = await startFragilePostgres(folder);
  const port = await freePort();
  simulator = await startSimulatorProcess({ folder: join(folder, "simulator"), port });
  app = await startRunningApp(
    { DEMO: "false", TWILIO_API_URL: simulator.url, SCHEDULER_INTERVAL_SECONDS: "2" },
    { server: postgres },
  );
  const { deps, authSecret, origin } = app;
  workspace = await createWorkspace(deps);
  await simulator.register(workspace);
  // So that sends are under way in the moment when the database leaves.
  await simulator.control.setSwitches(null, { slowMs: 500 });
  conversations = [];
  for (let n = 0; n < 20; n += 1) {
    const address = `+3361234${String(n).padStart(4, "0")}`;
    conversations.push(await createConversation(deps, workspace, { address }));
  }
  ({ authorization } = await createClient(deps, workspace.workspaceId, { role: "agent" }));
  const { id: userId } = await createUser(deps, workspace.workspaceId, "agent");
  const minted = await mintSessionCookie(deps, { userId, authSecret, appUrl: origin });
  cookie = `${minted.name}=${minted.value}`;
  live = await listenLive(`${origin}/api/realtime`, cookie);
});

test.afterAll(async () => {
  live?.close();
  await app?.stop();
  await simulator?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test("a database killed under load: 503 at once, nothing acknowledged is lost, all recovers", () =>
  surviveOutage("killed", {
    leave: () => postgres.kill(),
    comeBack: () => postgres.start(),
  }));

test("a database frozen under load: 503 at once, nothing acknowledged is lost, all recovers", () =>
  surviveOutage("frozen", {
    leave: () => postgres.freeze(),
    comeBack: async () => postgres.thaw(),
  }));

type Outage = { leave: () => Promise<void>; comeBack: () => Promise<void> };

async function surviveOutage(name: string, { leave, comeBack }: Outage) {
  const before = live.events.length;
  const load = startLoad(name);
  const isUnderWay = (door: string) =>
    load.asked.filter((one) => one.door === door && isGood(one)).length >= 10;
  await until(() => Object.keys(DOORS).every(isUnderWay));
  await leave();
  load.isAway = true;
  await sleep(AWAY_MS);
  load.isAway = false;
  await comeBack();
  await until(() => load.asked.some((one) => one.door === "reply" && isRecovered(one, load)));
  await load.end();

  for (const door of Object.keys(DOORS)) {
    const statuses = load.asked.filter((one) => one.door === door && one.wasAway).map(statusOf);
    expect(statuses, `${door} while the database is away`).toContain(503);
  }
  const faults = load.asked.filter((one) => !isGood(one) && !isToldToWait(one));
  expect(faults, "nothing hangs and nothing breaks").toEqual([]);
  await expectNothingLost(load.asked);

  await until(() => live.events.slice(before).includes("resync"));
  const told = live.events.length;
  const text = { MessageSid: messageSid(), From: conversations[0]?.address ?? "" };
  expect(await postWebhook(text)).toBe(200);
  await until(() => live.events.slice(told).includes("conversation"));
  expect(live.hasEnded, "the live stream has held").toBe(false);
  expect(app.process.hasEnded(), "the app was never started again").toBe(false);
}

type Asked = {
  door: keyof typeof DOORS;
  /** In the body; of a text, its id at the provider. */
  id: string;
  wasAway: boolean;
  /** null: under way. 0: no answer within the limit, or none at all. */
  status: number | null;
};
type Load = { asked: Asked[]; isAway: boolean; end: () => Promise<void> };

const statusOf = ({ status }: Asked) => status;
const isGood = ({ status }: Asked) => status !== null && status >= 200 && status < 300;

/** A page that was being made when a connection broke can say no more than 500 (Next). */
function isToldToWait({ door, status }: Asked) {
  return status === 503 || (door === "page" && status === 500);
}

/** Was it asked after the outage, and answered as ever? */
function isRecovered(one: Asked, load: Load) {
  const last = load.asked.findLastIndex((other) => other.wasAway);
  return isGood(one) && load.asked.indexOf(one) > last;
}

/** Every door is asked again and again by a few clients at once, until the end. */
function startLoad(name: string): Load {
  let isOver = false;
  const load: Load = { asked: [], isAway: false, end };
  const ask = async (door: keyof typeof DOORS, client: number) => {
    for (let n = 0; !isOver; n += 1) {
      const id = door === "webhook" ? messageSid() : `${name}-${client}-${n}.`;
      const one: Asked = { door, id, wasAway: load.isAway, status: null };
      load.asked.push(one);
      const limit = load.isAway ? AbortSignal.timeout(LIMIT_MS) : undefined;
      one.status = await DOORS[door](id, limit).catch(() => 0);
      await sleep(PAUSE_MS);
    }
  };
  const doors = Object.keys(DOORS) as (keyof typeof DOORS)[];
  const clients = [...doors, "reply" as const, "reply" as const, "webhook" as const].map(
    (door, n) => ask(door, n),
  );
  async function end() {
    isOver = true;
    await Promise.all(clients);
  }
  return load;
}

/** Between two requests of one client. */
const PAUSE_MS = 150;

const DOORS = {
  webhook: (id: string, limit?: AbortSignal) =>
    postWebhook({ MessageSid: id, From: phoneNumber() }, limit),
  reply: postReply,
  cards: (_: string, limit?: AbortSignal) => get("/inbox/data/cards", limit),
  page: (_: string, limit?: AbortSignal) => get("/inbox", limit),
  health: (_: string, limit?: AbortSignal) => get("/api/health", limit),
};

async function ask(url: string, init: RequestInit): Promise<number> {
  const response = await fetch(app.origin + url, { ...init, redirect: "manual" });
  await response.arrayBuffer();
  return response.status;
}

function get(path: string, signal?: AbortSignal) {
  return ask(path, { headers: { cookie, accept: "text/html,*/*" }, signal });
}

function postWebhook(fields: Record<string, string>, signal?: AbortSignal) {
  const { token } = workspace.account;
  const request = signedRequest(smsFields(workspace, fields), { token, origin: app.origin });
  return ask(request.url, {
    method: "POST",
    headers: request.headers as Record<string, string>,
    body: new Uint8Array(request.body),
    signal,
  });
}

let replies = 0;

function postReply(id: string, signal?: AbortSignal) {
  replies += 1;
  const conversation = conversations[replies % conversations.length];
  return ask(`/api/v1/conversations/${conversation?.id}/messages`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ body: id }),
    signal,
  });
}

/** What was taken is there once; what was refused may be there, but not twice. */
async function expectNothingLost(asked: readonly Asked[]) {
  const { sql } = app.deps;
  const texts = asked.filter((one) => one.door === "webhook");
  for (const one of texts) {
    // As Twilio would: what was not taken is posted again.
    if (!isGood(one)) expect(await DOORS.webhook(one.id), "a text posted again").toBe(200);
  }
  const stored = await sql<{ id: string }[]>`
    select provider_id as id from messages where direction = 'in'
      and provider_id in ${sql(texts.map((one) => one.id))}`;
  expect(stored.map((row) => row.id).toSorted()).toEqual(texts.map((one) => one.id).toSorted());

  const waiting = async () => {
    const [row] = await sql<{ count: number }[]>`select count(*)::int from messages
      where direction = 'out' and status in ('queued', 'sending')`;
    return row?.count;
  };
  await expect.poll(waiting, { timeout: 0, intervals: [250] }).toBe(0);
  const taken = (await simulator.control.messages()).map((message) => message.body);
  const sent = asked.filter((one) => one.door === "reply");
  for (const one of sent) {
    const times = taken.filter((body) => body === one.id).length;
    if (isGood(one)) expect(times, `reply ${one.id} has left`).toBe(1);
    else expect(times, `refused reply ${one.id}`).toBeLessThanOrEqual(1);
  }
}

/** The runner's own limit ends a wait in vain. */
async function until(isTrue: () => boolean) {
  while (!isTrue()) await sleep(100);
}
