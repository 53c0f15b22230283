import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type postgres from "postgres";
import { startApp } from "./app";
import { fillOutbox, keepAsTemplates } from "./outbound-rows";
import { CONTACTS, type Contender, MESSAGES, phoneOf, type Round, textOf } from "./outbound-texts";
import type { Rig } from "./rig";
import { insertSender, WORKSPACE } from "./sender";

/** Milliseconds between two looks whether a round is over. */
const LOOK_MS = 20;
const BATCH = 100;

type App = { sql: postgres.Sql; origin: string; key: string };

/**
 * The production build with an outbox that its own API filled while sending was paused. A round
 * copies those rows, lets sending go on and rings by one more text through the API; it lasts from
 * the first claim until nothing is queued or on its way any more.
 *
 * @param hasReceipts a round also waits until every message is delivered
 */
export async function startCarillon(
  rig: Rig,
  { simulator, hasReceipts }: { simulator: string; hasReceipts: () => boolean },
): Promise<Contender> {
  const databaseUrl = await rig.makeDatabase();
  const sql = rig.connect(databaseUrl);
  await insertSender(sql);
  const origin = await startApp(rig, { databaseUrl, twilioApiUrl: simulator });
  const app = { sql, origin, key: await makeApiKey(databaseUrl) };
  await pauseSending(app, true);
  for (let first = 0; first < CONTACTS; first += BATCH) await postTexts(app, first, BATCH);
  await keepAsTemplates(sql);
  return { name: "carillon", origin, run: () => runRound(app, hasReceipts()) };
}

async function runRound(app: App, hasReceipts: boolean): Promise<Round> {
  const { sql } = app;
  const { before } = await one<{ before: Date }>(sql, "select clock_timestamp() as before");
  await fillOutbox(sql, MESSAGES / CONTACTS);
  await sql`vacuum analyze`;
  await pauseSending(app, false);
  await postTexts(app, 0, 1);
  await untilRecorded(sql);
  const recordedAt = Date.now();
  if (hasReceipts) await untilDelivered(sql, before);
  const deliveredAt = Date.now();
  await pauseSending(app, true);
  const [sent] = await sql<{ count: number; startedAt: Date }[]>`
    select count(*)::int, min(started_at) as "startedAt" from attempts
    where started_at >= ${before} and outcome = 'accepted'`;
  if (!sent || sent.count < MESSAGES) throw new Error(`only ${sent?.count} messages were accepted`);
  const since = (at: number) => (at - sent.startedAt.getTime()) / 1000;
  const round = { sendsPerSecond: sent.count / since(recordedAt) };
  return hasReceipts ? { ...round, secondsUntilDelivered: since(deliveredAt) } : round;
}

/** Asked of an index that holds nothing else, so that looking costs next to nothing. */
function untilRecorded(sql: postgres.Sql) {
  return untilNone(
    () => sql`
    select 1 from messages
    where direction = 'out' and status in ('queued', 'sending', 'unconfirmed') limit 1`,
  );
}

/** Goes on from the first that is not, so that looking costs next to nothing until none is left. */
async function untilDelivered(sql: postgres.Sql, since: Date) {
  const [row] = await sql<{ id: string }[]>`
    select id from messages where created_at >= ${since} order by id limit 1`;
  let from = row?.id;
  while (from) {
    const [open] = await sql<{ id: string }[]>`
      select id from messages
      where id >= ${from} and status not in ('delivered', 'undelivered', 'failed')
      order by id limit 1`;
    from = open?.id;
    if (from) await sleep(LOOK_MS);
  }
}

async function untilNone(look: () => Promise<readonly unknown[]>) {
  while ((await look()).length > 0) await sleep(LOOK_MS);
}

async function one<Row>(sql: postgres.Sql, statement: string): Promise<Row> {
  const [row] = await sql.unsafe(statement);
  return row as Row;
}

export async function pauseSending({ sql }: Pick<App, "sql">, isPaused: boolean) {
  if (!isPaused) await sql`delete from sending_pauses`;
  else
    await sql`insert into sending_pauses (workspace_id, scope, since)
      select id, 'all', now() from workspaces on conflict do nothing`;
}

/** One text each to contacts in a row, through the API. */
export async function postTexts(
  { origin, key }: Pick<App, "origin" | "key">,
  first: number,
  count: number,
) {
  const texts = Array.from({ length: count }, (_, n) => {
    return { channel: "sms", to: phoneOf(first + n), body: textOf() };
  });
  const answer = await fetch(`${origin}/api/v1/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(texts),
  });
  if (answer.status !== 202) throw new Error(`the API answers ${answer.status}`);
}

export async function makeApiKey(databaseUrl: string): Promise<string> {
  const args = ["scripts/api-key.ts", "--workspace", WORKSPACE, "--role", "admin"];
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  return stdout.trim();
}
