import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import { startApp } from "./app";
import { percentile, rounded } from "./figures";
import { makeApiKey, pauseSending, postTexts } from "./outbound-app";
import { fillOutbox, keepAsTemplates } from "./outbound-rows";
import { type Rig, withRig } from "./rig";
import { insertSender } from "./sender";
import { startSimulator } from "./simulator";

const ENQUEUED = 50_000;
const QUEUED = 200_000;
const CONTACTS = 5000;
const BATCH = 100;
/** Requests of a client that posts as fast as it is answered. */
const AT_ONCE = 4;
const REPLIES = 20;
const REPLY_EVERY_MS = 500;

type App = { sql: postgres.Sql; origin: string; key: string };

/**
 * A queue that is long: 50,000 texts through the API in batches, 200,000 waiting in all, and agents who
 * answer while it leaves. Prints how long the API takes, how soon a reply starts to leave, how fast the
 * rest leaves, and what the app holds in memory before, during and after.
 */
export function bench(): Promise<Record<string, unknown>> {
  return withRig(async (rig) => {
    const app = await openApp(rig);
    const [idle, enqueue] = [await rig.residentMb(app.origin), await enqueueAll(app)];
    const enqueued = await rig.residentMb(app.origin);
    await keepAsTemplates(app.sql);
    await fillOutbox(app.sql, (QUEUED - ENQUEUED) / CONTACTS);
    await app.sql`vacuum analyze`;
    await pauseSending(app, false);
    await postTexts(app, 0, 1);
    const replies = await replyMeanwhile(app);
    const left = await countLeft(app);
    return {
      bench: "backlog",
      reached: enqueue.seconds < 60 && replies.max <= 1000,
      enqueue,
      queued: left.waiting,
      replyStartsMs: replies,
      sendsPerSecond: left.perSecond,
      memoryMb: { idle, enqueued, sending: await rig.residentMb(app.origin) },
    };
  });
}

async function openApp(rig: Rig): Promise<App> {
  const simulator = await startSimulator(rig);
  await simulatorControl(simulator).setSwitches(null, { receipts: false });
  const databaseUrl = await rig.makeDatabase();
  const sql = rig.connect(databaseUrl);
  await insertSender(sql);
  const origin = await startApp(rig, { databaseUrl, twilioApiUrl: simulator });
  const app = { sql, origin, key: await makeApiKey(databaseUrl) };
  await pauseSending(app, true);
  return app;
}

async function enqueueAll(app: App) {
  const firsts = Array.from({ length: ENQUEUED / BATCH }, (_, n) => (n * BATCH) % CONTACTS);
  const startedAt = performance.now();
  const post = async () => {
    for (let first = firsts.shift(); first !== undefined; first = firsts.shift()) {
      await postTexts(app, first, BATCH);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, post));
  const seconds = rounded((performance.now() - startedAt) / 1000, 1);
  return { messages: ENQUEUED, seconds };
}

/** From the request to the start of the attempt, by the database's rows. */
async function replyMeanwhile(app: App) {
  const rows = await app.sql<{ id: string }[]>`
    select id from conversations order by id limit ${REPLIES}`;
  const waits: number[] = [];
  for (const { id } of rows) {
    const askedAt = Date.now();
    const messageId = await postReply(app, id);
    waits.push((await untilStarted(app, messageId)) - askedAt);
    await sleep(REPLY_EVERY_MS);
  }
  return {
    p50: percentile(waits, 0.5),
    p95: percentile(waits, 0.95),
    max: Math.max(...waits),
  };
}

async function postReply({ origin, key }: App, conversationId: string): Promise<string> {
  const answer = await fetch(`${origin}/api/v1/conversations/${conversationId}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ body: "An answer in between" }),
  });
  if (answer.status !== 202) throw new Error(`the API answers ${answer.status}`);
  return ((await answer.json()) as { id: string }).id;
}

async function untilStarted({ sql }: App, messageId: string): Promise<number> {
  for (;;) {
    const [attempt] = await sql<{ startedAt: Date }[]>`
      select started_at as "startedAt" from attempts where message_id = ${messageId}`;
    if (attempt) return attempt.startedAt.getTime();
    await sleep(10);
  }
}

async function countLeft({ sql }: App) {
  const [row] = await sql<{ sent: number; seconds: number; waiting: number }[]>`
    select count(*)::int as sent,
      extract(epoch from max(started_at) - min(started_at))::float8 as seconds,
      (select count(*)::int from messages where status = 'queued') as waiting
    from attempts`;
  return {
    waiting: row?.waiting ?? 0,
    perSecond: Math.round((row?.sent ?? 0) / (row?.seconds || 1)),
  };
}
