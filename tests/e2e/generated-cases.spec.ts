import { expect, test } from "@playwright/test";
import { and, eq, inArray, isNotNull, min } from "drizzle-orm";
import fc from "fast-check";
import { DEMO_WORKSPACES } from "../../db/demo/cast";
import {
  accounts,
  deliveries,
  digests,
  integrations,
  messages,
  notifications,
  workspaces,
} from "../../db/schema";
import { WEEKDAYS } from "../../lib/domain/deciding/local-time";
import { NOTIFICATION_CHANNELS, SEVERITIES } from "../../lib/domain/deciding/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { createClient } from "../support/api";
import { ManualClock } from "../support/deps";
import { startRunningApp } from "../support/running-app";

/**
 * Generated people, notifications and moments, from the API to the simulator's phone and mailbox: what
 * `explain` said is what then happens, nothing that is kept is lost or comes twice, nobody is written to
 * against their will, and no cap is passed, however many notifications come at once.
 */
const PEOPLE = process.env.TEST_LONG === "1" ? 200 : 20;
/** Of each person: asked about before, one after the other, and at once. */
const ASKED = 7;
const AT_ONCE = 3;
const SEED = 4711;
const START = "2026-11-20T10:10:00Z";
const HOUR_MS = 3_600_000;

type Client = Awaited<ReturnType<typeof createClient>>;
type Person = {
  id: string;
  phone: string;
  email: string;
  isOptedOut: boolean;
  cap: number | null;
  told: Told[];
};
type Told = { token: string; fates: Record<string, string> };

let app: Awaited<ReturnType<typeof startRunningApp>>;
let workspaceId: WorkspaceId;
let admin: Client;
let smsSender: string;
const people: Person[] = [];

test.describe.configure({ mode: "serial", timeout: 900_000 });

test.beforeAll(async () => {
  app = await startRunningApp({ DEMO: "true" }, { flags: ["--test-clock", START] });
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [demo] = await app.deps.db.select().from(workspaces).where(eq(workspaces.slug, slug));
  if (!demo) throw new Error("the demo is not there");
  workspaceId = demo.id;
  admin = await createClient(app.deps, workspaceId);
  const [sender] = await app.deps.db
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        eq(integrations.type, "sms"),
        eq(integrations.isDefault, true),
      ),
    );
  smsSender = sender?.id ?? "";
  const none = { perMinute: null, perRecipientHour: null, perRecipientDay: null };
  await call("PATCH", "admin/notification-settings", { apiLimits: none });
});

test.afterAll(async () => {
  await app?.stop();
});

async function call(method: string, resource: string, body: object) {
  const response = await fetch(`${app.origin}/api/v1/${resource}`, {
    method,
    headers: { authorization: admin.authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  expect(response.ok, `${resource}: ${JSON.stringify(answer)}`).toBe(true);
  return answer;
}

const severity = fc.constantFrom(...SEVERITIES);
/** None of them begins or ends within minutes of the start, which is 11:10 in Paris. */
const hours = fc.record({
  days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
  start: fc.constantFrom("00:00", "06:30", "09:00", "22:00"),
  end: fc.constantFrom("05:00", "08:00", "13:00", "23:30"),
});
const choices = fc.record({
  enabledChannels: fc.uniqueArray(fc.constantFrom(...NOTIFICATION_CHANNELS), { minLength: 1 }),
  minSeverity: fc.record({ web: severity, email: severity, sms: severity, whatsapp: severity }),
  maxPerHour: fc.constantFrom(null, 1, 2, 5),
  quietHours: fc.array(hours, { maxLength: 1 }),
  criticalPasses: fc.boolean(),
  aggregation: fc.boolean(),
});
const notification = fc.record({
  type: fc.constantFrom("security.anomaly", "security.off_hours", "ticket.called", "transactional"),
  severity,
  sendImmediately: fc.boolean(),
});
const life = fc.record({
  chosen: choices,
  told: fc.array(notification, { minLength: ASKED + AT_ONCE, maxLength: ASKED + AT_ONCE }),
  isOptedOut: fc.boolean(),
});

type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

test("what is explained is what happens, and what came to phones and mailboxes says so", async () => {
  const lives = fc.sample(life, { numRuns: PEOPLE, seed: SEED });
  const left = lives.map((one, nth) => ({ one, nth }));
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      people.push(await live(next.one, next.nth));
    }
  };
  await Promise.all([1, 2, 3, 4].map(worker));
  await untilSent();
  for (const person of people) await compare(person);
});

async function live({ chosen, told, isOptedOut }: Life, nth: number): Promise<Person> {
  const phone = `+336000${10_000 + nth}`;
  const email = `person-${nth}@clients.example`;
  const { id } = await call("POST", "contacts", {
    name: `Person ${nth}`,
    addresses: [
      { kind: "phone", value: phone },
      { kind: "email", value: email },
    ],
  });
  await call("PUT", `contacts/${id}/preferences`, chosen);
  if (isOptedOut) {
    const consent = { integrationId: smsSender, state: "opted_out", words: "STOP" };
    await call("POST", `contacts/${id}/consents`, consent);
  }
  const person: Person = { id, phone, email, isOptedOut, cap: chosen.maxPerHour, told: [] };
  const posts = told.map((values, n) => {
    const token = `N${nth}-${n}.`;
    const recipient = { contactId: id };
    return { token, body: { ...values, recipient, title: token, message: "Camera 3" } };
  });
  for (const { token, body } of posts.slice(0, ASKED)) {
    const explained = fatesOf(await call("POST", "notifications/explain", body));
    const happened = fatesOf(await call("POST", "notifications", body));
    expect(happened, token).toEqual(explained);
    person.told.push({ token, fates: happened });
  }
  const atOnce = posts.slice(ASKED).map(async ({ token, body }) => {
    person.told.push({ token, fates: fatesOf(await call("POST", "notifications", body)) });
  });
  await Promise.all(atOnce);
  return person;
}

type Answer = { deliveries: { channel: string; status: string }[] };

function fatesOf({ deliveries: all }: Answer): Record<string, string> {
  return Object.fromEntries(all.map(({ channel, status }) => [channel, status]));
}

/** Each that is to be there came once by its channel, and nothing else did. */
async function compare({ phone, email, isOptedOut, told }: Person) {
  const network = await openNetwork();
  const { messages: texts } = await network.thread(phone);
  const mails = await network.mails({ to: email });
  const sms = texts.filter(({ to }) => to === phone).map(({ body }) => body);
  const bodies = { sms, email: mails.map((mail) => `${mail.subject}\n${mail.text}`) };
  if (isOptedOut) expect(sms).toEqual([]);
  for (const { token, fates } of told) {
    for (const channel of ["sms", "email"] as const) {
      const times = bodies[channel].filter((body) => body.includes(token)).length;
      const what = `${token} by ${channel}: ${fates[channel]}`;
      expect(times, what).toBe(fates[channel] === "queued" ? 1 : 0);
    }
  }
}

async function openNetwork() {
  const [account] = await app.deps.db
    .select({ origin: accounts.apiOrigin })
    .from(accounts)
    .where(and(eq(accounts.workspaceId, workspaceId), eq(accounts.provider, "twilio")));
  return simulatorControl(account?.origin ?? "");
}

/** Nothing of these people is on its way any more. */
async function untilSent() {
  const personIds = people.map(({ id }) => id);
  const isUnderWay = and(
    inArray(messages.personId, personIds),
    inArray(messages.status, ["scheduled", "queued", "sending", "accepted", "unconfirmed"]),
  );
  await expect.poll(() => app.deps.db.$count(messages, isUnderWay), { timeout: 120_000 }).toBe(0);
}

test("what was kept leaves once, or says why not, and no hour holds more than was wanted", async () => {
  const clock = new ManualClock(new Date(START));
  const deps = { ...app.deps, clock };
  const nextRelease = async () => {
    const [row] = await app.deps.db
      .select({ at: min(deliveries.releaseAt) })
      .from(deliveries)
      .where(eq(deliveries.workspaceId, workspaceId));
    return row?.at ?? null;
  };
  for (let at = await nextRelease(); at; at = await nextRelease()) {
    clock.advance(Math.max(0, at.getTime() - clock.now().getTime()));
    await releaseDeliveries(deps);
  }
  const end = new Date(clock.now().getTime() + 60_000).toISOString();
  await app.restart(["--test-clock", end]);
  await untilSent();
  for (const person of people) {
    await takeFates(person);
    await compareSummaries(person);
    await checkCap(person);
  }
});

/** What became of each in the end. */
async function takeFates(person: Person) {
  const rows = await app.deps.db
    .select({ title: notifications.title, channel: deliveries.channel, fate: deliveries.fate })
    .from(deliveries)
    .innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
    .where(eq(deliveries.personId, person.id));
  for (const told of person.told) {
    const own = rows.filter(({ title }) => title === told.token);
    told.fates = Object.fromEntries(own.map(({ channel, fate }) => [channel, fate]));
    const kept = Object.values(told.fates).filter((fate) => /held|bundled/.test(fate));
    expect(kept, told.token).toEqual([]);
  }
}

/** The summary of a text names the first five and counts the rest; an e-mail names all. */
async function compareSummaries(person: Person) {
  const network = await openNetwork();
  const { messages: texts } = await network.thread(person.phone);
  const sms = texts.filter(({ to }) => to === person.phone).map(({ body }) => body);
  const mails = (await network.mails({ to: person.email })).map(
    (mail) => `${mail.subject}\n${mail.text}`,
  );
  if (person.isOptedOut) expect(sms).toEqual([]);
  const expected = (channel: string) =>
    person.told.filter(({ fates }) => fates[channel] === "queued").map(({ token }) => token);
  const named = (bodies: readonly string[]) =>
    person.told.flatMap(({ token }) =>
      bodies.filter((body) => body.includes(token)).map(() => token),
    );
  expect(named(mails).sort()).toEqual(expected("email").sort());
  const uncounted = sms.reduce((sum, body) => {
    return sum + Number(/(?:et|and) (\d+) (?:de plus|more)/.exec(body)?.[1] ?? 0);
  }, 0);
  expect(new Set(named(sms)).size, "none twice").toBe(named(sms).length);
  expect(named(sms).length + uncounted, person.phone).toBe(expected("sms").length);
}

/**
 * When an alert or a summary of some leaves, no more have left in the hour before it than the person
 * wants, whatever they told of. A critical one passes; what is no alert is counted and never kept.
 */
async function checkCap({ id, cap }: Person) {
  if (cap === null) return;
  const departures = [...(await singlesOf(id)), ...(await summariesOf(id))];
  for (const { at, isCapped } of departures) {
    if (!isCapped) continue;
    const within = departures.filter((other) => {
      if (other.at <= at - HOUR_MS) return false;
      // At the very same moment only those that the cap holds were surely before it.
      return other.at < at || (other.at === at && other.isCapped);
    });
    expect(within.length, id).toBeLessThanOrEqual(cap);
  }
}

type Departure = { at: number; isCapped: boolean };

async function singlesOf(personId: string): Promise<Departure[]> {
  const rows = await app.deps.db
    .select({
      at: notifications.leftAt,
      kind: notifications.kind,
      severity: notifications.severity,
    })
    .from(notifications)
    .where(and(eq(notifications.personId, personId), isNotNull(notifications.leftAt)));
  return rows.flatMap(({ at, kind, severity }) =>
    at ? [{ at: at.getTime(), isCapped: kind === "alert" && severity !== "critical" }] : [],
  );
}

async function summariesOf(personId: string): Promise<Departure[]> {
  const rows = await app.deps.db
    .select({
      id: digests.id,
      at: digests.leftAt,
      kind: notifications.kind,
      severity: notifications.severity,
    })
    .from(digests)
    .innerJoin(deliveries, and(eq(deliveries.digestId, digests.id), eq(deliveries.fate, "queued")))
    .innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
    .where(and(eq(digests.personId, personId), isNotNull(digests.leftAt)));
  return [...new Set(rows.map(({ id }) => id))].flatMap((digestId) => {
    const told = rows.filter(({ id }) => id === digestId);
    const at = told[0]?.at?.getTime();
    if (at === undefined) return [];
    const hasAlert = told.some(({ kind }) => kind === "alert");
    return [{ at, isCapped: hasAlert && told.every(({ severity }) => severity !== "critical") }];
  });
}
