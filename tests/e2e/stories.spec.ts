import { expect, test } from "@playwright/test";
import { and, desc, eq, gte } from "drizzle-orm";
import { DEMO_USERS, DEMO_WORKSPACES } from "../../db/demo/cast";
import { accounts, jobRuns, users, workspaces } from "../../db/schema";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import { createClient } from "../support/api";
import { startRunningApp } from "../support/running-app";

/**
 * What the systems that Carillon replaces did, told through their doors and read on the phone and in the
 * mailbox. The app is stopped and started again at other times: what takes days takes seconds.
 */
const CUSTOMER = "+33199000761";
const BORROWER = "awa@clients.example";
const EVERY_NIGHT = {
  days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  start: "22:00",
  end: "07:00",
};

let app: Awaited<ReturnType<typeof startRunningApp>>;
let workspaceId: WorkspaceId;
let authorization: string;

test.describe.configure({ mode: "serial" });

/** The app's clock shows this time, UTC, when it has started. */
const at = (time: string) => ["--test-clock", `${time}Z`];

test.beforeAll(async () => {
  const everySecond = { DEMO: "true", SCHEDULER_INTERVAL_SECONDS: "1" };
  app = await startRunningApp(everySecond, { flags: at("2026-11-20T09:00:00") });
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [demo] = await app.deps.db.select().from(workspaces).where(eq(workspaces.slug, slug));
  if (!demo) throw new Error("the demo is not there");
  workspaceId = demo.id;
  authorization = (await createClient(app.deps, workspaceId, { role: "admin" })).authorization;
});

test.afterAll(async () => {
  await app?.stop();
});

async function call(method: string, resource: string, body?: object) {
  const response = await fetch(`${app.origin}/api/v1/${resource}`, {
    method,
    headers: { authorization, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

async function post(resource: string, body: object) {
  const answer = await call("POST", resource, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  return answer.body;
}

/** The phone network as it runs now. */
async function network() {
  const [account] = await app.deps.db
    .select({ origin: accounts.apiOrigin })
    .from(accounts)
    .where(and(eq(accounts.workspaceId, workspaceId), eq(accounts.provider, "twilio")));
  return simulatorControl(account?.origin ?? "");
}

/** What came to a phone by a channel, in its order. */
async function textsOf(phone: string, prefix = "") {
  const { messages } = await (await network()).thread(phone);
  return messages.filter(({ to }) => to === prefix + phone).map(({ body }) => body);
}

/** Subjects of what came to a mailbox, in its order. */
async function mailsOf(to: string) {
  const mails = await (await network()).mails({ to });
  return mails.map(({ subject }) => subject.replaceAll("\u00a0", " ")).reverse();
}

/** The job has looked since the app started at this time. */
async function hasLooked(job: string, since: string) {
  const isSince = and(eq(jobRuns.job, job), gte(jobRuns.startedAt, new Date(`${since}Z`)));
  const findRun = async () => {
    const rows = await app.deps.db
      .select({ status: jobRuns.status })
      .from(jobRuns)
      .where(isSince)
      .orderBy(desc(jobRuns.startedAt));
    return rows.some(({ status }) => status === "succeeded");
  };
  await expect.poll(findRun).toBe(true);
}

test("R110 R119 R120 R121 a ticket is created, almost called and called, by SMS and by WhatsApp", async () => {
  const whatsapp = DEMO_WORKSPACES[0]?.senders.find(({ type }) => type === "whatsapp")?.number;
  const simulator = await network();
  await simulator.addPhone(CUSTOMER, "Awa");
  // Whoever takes a ticket by WhatsApp has written first.
  await simulator.send({
    from: `whatsapp:${CUSTOMER}`,
    to: `whatsapp:${whatsapp}`,
    body: "Un ticket, s'il vous plaît",
    wait: true,
  });
  const data = { ticket_number: "A-042", service_name: "Visa", queue_name: "B", eta_minutes: 15 };
  const subject = { type: "ticket", id: "A-042", title: "A-042" };
  const said = ["15 min", "presque", "appelé"];
  const types = ["ticket.created", "ticket.almost_called", "ticket.called"];
  for (const [nth, type] of types.entries()) {
    await post("events", { type, recipient: { phone: CUSTOMER }, subject, data });
    for (const prefix of ["", "whatsapp:"]) {
      const words = said.slice(0, nth + 1).map((one) => expect.stringContaining(one));
      await expect.poll(() => textsOf(CUSTOMER, prefix)).toEqual(words);
    }
  }
});

test("R010 R011 R012 an alert at 02:00 waits for 07:00, a critical one does not", async () => {
  const { email, phone } = DEMO_USERS.marc;
  const [marc] = await app.deps.db.select().from(users).where(eq(users.email, email));
  const userId = marc?.id;
  const low = { web: "low", email: "low", sms: "low", whatsapp: "low" };
  const chosen = { enabledChannels: ["web", "sms"], minSeverity: low, quietHours: [EVERY_NIGHT] };
  const saved = await call("PUT", `users/${userId}/preferences`, chosen);
  expect(saved.status).toBe(200);
  await app.restart(at("2026-11-21T01:00:00"));
  const alert = { userId, alertType: "suspicious_object", severity: "high" };
  const night = expect.objectContaining({
    channel: "sms",
    status: "held",
    reason: "quiet_hours",
    releaseAt: "2026-11-21T06:00:00.000Z",
  });
  const bag = await post("alerts", { ...alert, title: "Sac oublié", message: "Caméra 3" });
  expect(bag.deliveries).toContainEqual(night);
  const box = await post("alerts", { ...alert, title: "Carton suspect", message: "Caméra 5" });
  expect(box.deliveries).toContainEqual(night);
  const knife = { ...alert, severity: "critical", title: "Couteau", message: "Caméra 1" };
  await post("alerts", knife);
  await expect.poll(() => textsOf(phone)).toEqual([expect.stringContaining("Couteau")]);
  await app.restart(at("2026-11-21T06:00:05"));
  await expect.poll(async () => (await textsOf(phone)).length).toBe(2);
  const [, summary] = await textsOf(phone);
  expect(summary).toContain("Sac oublié");
  expect(summary).toContain("Carton suspect");
});

test("R210 R233 what is sent at once passes the night, what is not waits", async () => {
  await app.restart(at("2026-11-21T23:00:00"));
  const contact = await call("POST", "contacts", {
    name: "Bo",
    addresses: [{ kind: "phone", value: "+33199000762" }],
  });
  const id = contact.body.id;
  await call("PUT", `contacts/${id}/preferences`, { quietHours: [EVERY_NIGHT] });
  const said = { recipient: { contactId: id }, type: "transactional", channels: ["sms"] };
  const held = await post("notifications", { ...said, title: "Contenu", message: "Plus tard" });
  expect(held.deliveries).toMatchObject([{ status: "held", reason: "quiet_hours" }]);
  const now = { ...said, title: "Contenu", message: "Tout de suite", sendImmediately: true };
  expect((await post("notifications", now)).deliveries).toMatchObject([{ status: "queued" }]);
  await expect
    .poll(() => textsOf("+33199000762"))
    .toEqual([expect.stringContaining("Tout de suite")]);
});

test("R303–R311 a loan over ten days, with the app stopped for three of them: each reminder once, none stale", async () => {
  test.setTimeout(300_000);
  const loan = {
    recipient: { email: BORROWER },
    subject: { type: "loan", id: "L-7", title: "Caméra", dueAt: "2026-11-26T14:00:00Z" },
  };
  const told = ["Caméra : à rendre le jeudi 26 novembre"];
  await post("events", { ...loan, type: "loan.assigned", data: { loan_term: "medium" } });
  await expect.poll(() => mailsOf(BORROWER)).toEqual(told);
  for (const [time, subject] of [
    ["2026-11-24T08:00:01", "Caméra : à rendre dans 2 jours"],
    ["2026-11-25T08:00:01", "Caméra : à rendre demain"],
    ["2026-11-26T07:00:01", "Caméra : à rendre aujourd’hui"],
    ["2026-11-26T12:00:01", "Caméra : à rendre avant 15:00"],
    // Nobody was there on the 27th, the 28th and the 29th at 10:00.
    ["2026-11-30T09:00:01", "Caméra : retour en retard"],
  ] as const) {
    await app.restart(at(time));
    told.push(subject);
    await expect.poll(() => mailsOf(BORROWER)).toEqual(told);
  }
  await post("events", { ...loan, type: "loan.returned" });
  told.push("Caméra : retour enregistré");
  await expect.poll(() => mailsOf(BORROWER)).toEqual(told);
  await app.restart(at("2026-12-01T09:00:01"));
  await hasLooked("reminders", "2026-12-01T09:00:01");
  expect(await mailsOf(BORROWER)).toEqual(told);
  const { body } = await call("GET", "reminders?subjectId=L-7&status=ended&limit=200");
  const reasons = body.data.map(({ reason }: { reason: string }) => reason);
  expect(reasons.filter((reason: string) => reason === "day_over")).toHaveLength(3);
  expect(reasons.filter((reason: string) => reason === "closed")).toHaveLength(26);
});
