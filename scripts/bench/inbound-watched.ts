import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import { startApp } from "./app";
import { median, rounded } from "./figures";
import { APP_URL, type Posted, postTexts, startBare } from "./inbound-servers";
import { makeApiKey, pauseSending, postTexts as sendTexts } from "./outbound-app";
import { fillOutbox, keepAsTemplates } from "./outbound-rows";
import { type Rig, withRig } from "./rig";
import { insertSender } from "./sender";
import { startSimulator } from "./simulator";
import { signInAgents, startWatching, type Watched } from "./watchers";

const AGENTS = 50;
const SECONDS = 6;
/** Requests of a round that finds out how many a second each takes when it does nothing else. */
const REQUESTS = 8000;
/** Texts to as many people, each so often: more than leave in a round. */
const BULK = { people: 500, each: 40 };
const BATCH = 100;

type App = { sql: postgres.Sql; origin: string; key: string };
type Round = Posted & { sendsPerSecond: number } & Partial<Watched>;

/**
 * How long a webhook waits on a busy day: at half the rate that both take alone, while the app sends a
 * long queue and 50 agents watch, against a bare server on the same database while the same app sends
 * the same queue and nobody watches. Arrivals keep their pace whatever the answers. Reached: p99
 * within three times.
 */
export function bench(): Promise<Record<string, unknown>> {
  return withRig(async (rig) => {
    const app = await openApp(rig);
    const bare = await startBare(rig, app.databaseUrl);
    const cookies = await signInAgents(app.sql, AGENTS);
    const alone = await measureAlone({ carillon: app.origin, bare }, rig.rounds);
    // The slower's: a server that is flooded has no latency to compare with.
    const perSecond = Math.round(Math.min(alone.carillon, alone.bare) / 2);
    const rounds = { carillon: [] as Round[], bare: [] as Round[] };
    for (let round = 0; round <= rig.rounds; round += 1) {
      const load = { round: 100 + round, requests: perSecond * SECONDS, perSecond };
      const watched = await runRound(app, { ...load, origin: app.origin, cookies });
      const plain = await runRound(app, { ...load, round: 200 + round, origin: bare, cookies: [] });
      console.error(`round ${round}: ${JSON.stringify({ carillon: watched, bare: plain })}`);
      // The first of each warms up.
      if (round === 0) continue;
      rounds.carillon.push(watched);
      rounds.bare.push(plain);
    }
    return report({ alone, perSecond, carillon: sum(rounds.carillon), bare: sum(rounds.bare) });
  });
}

type Summary = ReturnType<typeof sum>;

function report(of: { alone: Rates; perSecond: number; carillon: Summary; bare: Summary }) {
  const ratio = rounded(of.carillon.p99 / of.bare.p99);
  return { bench: "inbound-watched", unit: "ms", ratio, reached: ratio <= 3, ...of };
}

function sum(rounds: readonly Round[]) {
  return {
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
    sendsPerSecond: median(rounds.map(({ sendsPerSecond }) => sendsPerSecond)),
    resyncs: Math.max(...rounds.map(({ resyncs = 0 }) => resyncs)),
  };
}

async function openApp(rig: Rig): Promise<App & { databaseUrl: string }> {
  const simulator = await startSimulator(rig);
  await simulatorControl(simulator).setSwitches(null, { receipts: false });
  const databaseUrl = await rig.makeDatabase();
  const sql = rig.connect(databaseUrl);
  await insertSender(sql);
  const origin = await startApp(rig, { databaseUrl, appUrl: APP_URL, twilioApiUrl: simulator });
  const app = { sql, origin, key: await makeApiKey(databaseUrl), databaseUrl };
  await pauseSending(app, true);
  for (let first = 0; first < BULK.people; first += BATCH) await sendTexts(app, first, BATCH);
  await keepAsTemplates(sql);
  return app;
}

type Rates = { carillon: number; bare: number };

/** Webhooks a second at 50 connections, as `bench inbound` measures; the first round warms up. */
async function measureAlone(
  origins: { carillon: string; bare: string },
  count: number,
): Promise<Rates> {
  const rates = { carillon: [] as number[], bare: [] as number[] };
  for (let round = 0; round <= count; round += 1) {
    const carillon = await postTexts(origins.carillon, { round, requests: REQUESTS });
    const bare = await postTexts(origins.bare, { round: 50 + round, requests: REQUESTS });
    console.error(`alone round ${round}: ${carillon.rps} and ${bare.rps} a second`);
    if (round === 0) continue;
    rates.carillon.push(carillon.rps);
    rates.bare.push(bare.rps);
  }
  return { carillon: median(rates.carillon), bare: median(rates.bare) };
}

type Load = Parameters<typeof postTexts>[1] & { origin: string; cookies: readonly string[] };

async function runRound(app: App, { origin, cookies, ...load }: Load): Promise<Round> {
  const { sql } = app;
  await fillOutbox(sql, BULK.each);
  await sql`vacuum analyze`;
  const stopWatching = cookies.length > 0 ? await startWatching(app.origin, cookies) : null;
  await pauseSending(app, false);
  await sendTexts(app, 0, 1);
  const before = await untilSending(sql);
  const startedAt = performance.now();
  const posted = await postTexts(origin, load);
  const seconds = (performance.now() - startedAt) / 1000;
  const sendsPerSecond = Math.round(((await countSent(sql)) - before) / seconds);
  await emptyOutbox(app);
  return { ...posted, sendsPerSecond, ...(await stopWatching?.()) };
}

async function untilSending(sql: postgres.Sql): Promise<number> {
  const before = await countSent(sql);
  for (;;) {
    const sent = await countSent(sql);
    if (sent > before) return sent;
    await sleep(20);
  }
}

async function countSent(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ sent: number }[]>`
    select count(*)::int as sent from attempts where outcome = 'accepted'`;
  return row?.sent ?? 0;
}

/** What is left is taken back, so that the next round begins alike. @throws when nothing was left */
async function emptyOutbox(app: App) {
  await pauseSending(app, true);
  const { count } = await app.sql`update messages set status = 'canceled' where status = 'queued'`;
  if (count === 0) throw new Error("the queue was empty before the round was over");
  for (let left = 1; left > 0; await sleep(20)) {
    const rows = await app.sql`select 1 from messages where status = 'sending' limit 1`;
    left = rows.length;
  }
}
