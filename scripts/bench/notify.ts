import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { DEFAULT_PREFERENCES } from "../../lib/domain/deciding/preferences";
import { startApp } from "./app";
import { percentile, rounded } from "./figures";
import { makeApiKey } from "./outbound-app";
import { phoneOf } from "./outbound-texts";
import { type Rig, withRig } from "./rig";
import { insertSender } from "./sender";
import { startSimulator } from "./simulator";

const PEOPLE = 2000;
const EVENTS = 20_000;
const BATCH = 50;
/** Requests of a client that posts as fast as it is answered, of batches and of single events. */
const AT_ONCE = { batches: 4, singles: 10 };
const CAP = 5;
const SINGLES = 600;
/** Events a second, and for how many seconds. */
const STEADY = { perSecond: 30, seconds: 20 };
const LOOK_MS = 100;

type App = { sql: postgres.Sql; origin: string; key: string };

/**
 * Alerts to 2,000 people who want five an hour and each alone, in batches of 50 without limits of the API;
 * then tickets one by one, of which the first 600 warm the app up and are not counted; then 30 tickets a
 * second. Prints what is reported a second, whether every fate is recorded and every cap kept, and how
 * long after its report an event is at the provider.
 */
export function bench(): Promise<Record<string, unknown>> {
  return withRig(async (rig) => {
    const app = await openApp(rig);
    const eventsPerSecond = await reportAlerts(app);
    const fates = await countFates(app);
    await untilSent(app);
    await reportTickets(app);
    await untilSent(app);
    const singlesPerSecond = await reportTickets(app);
    await untilSent(app);
    const delaySeconds = await reportSteadily(app);
    const isWhole = fates.decided === EVENTS && fates.leastSent === CAP && fates.mostSent === CAP;
    return {
      bench: "notify",
      reached: isWhole && eventsPerSecond >= 300 && singlesPerSecond >= 60 && delaySeconds.p95 <= 5,
      eventsPerSecond,
      fates,
      singlesPerSecond,
      delaySeconds,
    };
  });
}

async function openApp(rig: Rig): Promise<App> {
  const simulator = await startSimulator(rig);
  const databaseUrl = await rig.makeDatabase();
  const sql = rig.connect(databaseUrl);
  await insertSender(sql);
  await insertPeople(sql);
  const origin = await startApp(rig, { databaseUrl, twilioApiUrl: simulator });
  return { sql, origin, key: await makeApiKey(databaseUrl) };
}

/** Every alert is wanted by SMS, five an hour, none gathered. */
async function insertPeople(sql: postgres.Sql) {
  const { mutedUntil: _, ...defaults } = DEFAULT_PREFERENCES;
  const low = { web: "low", email: "low", sms: "low", whatsapp: "low" };
  const choices = { ...defaults, maxPerHour: CAP, aggregation: false, minSeverity: low };
  const people = Array.from({ length: PEOPLE }, (_, n) => ({ n, phone: phoneOf(n) }));
  await sql`
    with given as (
      select gen_random_uuid() as id, w.id as workspace_id, g.phone
      from jsonb_to_recordset(${sql.json(people)}) as g(n int, phone text), workspaces w
    ), added as (
      insert into persons (id, workspace_id, created_at, updated_at)
      select id, workspace_id, now(), now() from given
    ), placed as (
      insert into addresses (id, workspace_id, person_id, kind, value, raw, created_at)
      select gen_random_uuid(), workspace_id, id, 'phone', phone, phone, now() from given
    )
    insert into preferences (person_id, workspace_id, choices, updated_at)
    select id, workspace_id, ${sql.json(choices)}, now() from given`;
  await sql`update workspaces set watches_frequency = false`;
}

async function reportAlerts(app: App): Promise<number> {
  const firsts = Array.from({ length: EVENTS / BATCH }, (_, n) => (n * BATCH) % PEOPLE);
  const data = { title: "Anomaly", message: "Camera 3", severity: "high" };
  const startedAt = performance.now();
  const post = async () => {
    for (let first = firsts.shift(); first !== undefined; first = firsts.shift()) {
      const from = first;
      const batch = Array.from({ length: BATCH }, (_, n) => {
        return { type: "security.anomaly", recipient: { phone: phoneOf(from + n) }, data };
      });
      await report(app, batch);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE.batches }, post));
  return rounded(EVENTS / ((performance.now() - startedAt) / 1000), 1);
}

/** Notifications with a fate by SMS, and the texts of the person who got fewest and most of them. */
async function countFates({ sql }: App) {
  const [decided] = await sql<{ count: number }[]>`
    select count(*)::int from deliveries where channel = 'sms' and decided_at is not null`;
  const [sent] = await sql<{ least: number; most: number }[]>`
    select min(count)::int as least, max(count)::int as most from (
      select count(m.id) from persons p left join messages m on m.person_id = p.id group by p.id
    ) of_each`;
  return {
    decided: decided?.count ?? 0,
    leastSent: sent?.least ?? 0,
    mostSent: sent?.most ?? 0,
  };
}

async function reportTickets(app: App): Promise<number> {
  const tickets = Array.from({ length: SINGLES }, (_, n) => ticket(n));
  const startedAt = performance.now();
  const post = async () => {
    for (let one = tickets.shift(); one; one = tickets.shift()) await report(app, one);
  };
  await Promise.all(Array.from({ length: AT_ONCE.singles }, post));
  return rounded(SINGLES / ((performance.now() - startedAt) / 1000), 1);
}

/** From the report to the provider's answer, by the database's rows. */
async function reportSteadily(app: App) {
  const [{ since } = { since: new Date() }] = await app.sql<{ since: Date }[]>`
    select clock_timestamp() as since`;
  const posts: Promise<void>[] = [];
  for (let n = 0; n < STEADY.perSecond * STEADY.seconds; n += 1) {
    posts.push(report(app, ticket(n)));
    await sleep(1000 / STEADY.perSecond);
  }
  await Promise.all(posts);
  await untilSent(app);
  const rows = await app.sql<{ seconds: number }[]>`
    select extract(epoch from a.finished_at - m.created_at)::float8 as seconds
    from messages m join attempts a on a.message_id = m.id
    where m.created_at >= ${since} and a.outcome = 'accepted'`;
  const delays = rows.map(({ seconds }) => seconds);
  return {
    events: delays.length,
    p50: rounded(percentile(delays, 0.5), 3),
    p95: rounded(percentile(delays, 0.95), 3),
  };
}

function ticket(n: number) {
  const recipient = { phone: phoneOf(n % PEOPLE) };
  return { type: "ticket.called", recipient, data: { ticket_number: `A-${n}` } };
}

async function report({ origin, key }: App, events: object) {
  const answer = await fetch(`${origin}/api/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(events),
  });
  if (answer.status !== 202) {
    throw new Error(`the API answers ${answer.status}: ${await answer.text()}`);
  }
}

async function untilSent({ sql }: App) {
  const look = () => sql`
    select 1 from messages
    where direction = 'out' and status in ('queued', 'sending', 'unconfirmed') limit 1`;
  while ((await look()).length > 0) await sleep(LOOK_MS);
}
