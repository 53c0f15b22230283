import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { addresses, messages, notifications, reminders } from "../../db/schema";
import { lockPreferences } from "../../db/writes/preferences";
import { type EventToReport, reportEvents } from "../../lib/events/report-events";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { cancelByReply } from "../../lib/reminders/cancel-by-reply";
import { cancelReminder } from "../../lib/reminders/cancel-reminder";
import { postponeReminder } from "../../lib/reminders/postpone-reminder";
import { sendDueReminders } from "../../lib/reminders/send-due-reminders";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { addMailSender } from "../support/mail-sender";
import { fatesOf, prefer, writtenTo } from "../support/notifications";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NEVER = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] } as const;

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;
let of: { workspaceId: TestWorkspace["workspaceId"]; personId: string };

// The clock begins on Friday 2026-11-20 at 09:00 UTC, 10:00 in Paris.
beforeEach(async () => {
  deps = testDeps(database);
  // A look is over all workspaces: what other tests left would be counted.
  await deps.db.delete(notifications);
  await deps.db.delete(reminders);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace, { name: "Awa" });
  of = { workspaceId: workspace.workspaceId, personId: person.personId };
  await addMailSender(deps, workspace.workspaceId);
  await deps.db.insert(addresses).values({
    id: deps.chance.uuid(),
    ...of,
    kind: "email",
    value: `${person.personId}@example.test`,
    raw: "x",
    createdAt: deps.clock.now(),
  });
});

type Values = Partial<EventToReport> & { dueAt?: string; dueOn?: string };

/** Due on Wednesday 25 November at 15:00 in Paris, unless the test says otherwise. */
function loan({ dueAt, dueOn, ...values }: Values = {}): EventToReport {
  const due = dueOn ? { dueOn } : { dueAt: dueAt ?? "2026-11-25T14:00:00.000Z" };
  return {
    type: "loan.assigned",
    recipient: { contactId: person.personId },
    subject: { type: "loan", id: "L1", title: "Caméra", ...due },
    data: { loan_term: "medium" },
    occurredAt: null,
    ...values,
  };
}

const returned = (values: Values = {}) => loan({ ...values, type: "loan.returned", data: {} });

async function report(...events: EventToReport[]) {
  const acting = { workspaceId: workspace.workspaceId, actor: { kind: "system" } as const };
  const outcome = await reportEvents(deps, { acting, events });
  if (outcome.kind !== "reported") throw new Error(JSON.stringify(outcome));
  return outcome.reported;
}

/** Moves the clock to a moment in UTC. */
function goTo(time: string) {
  deps.clock.advance(new Date(`${time}:00Z`).getTime() - deps.clock.now().getTime());
}

const rows = () =>
  deps.db
    .select()
    .from(reminders)
    .where(and(eq(reminders.workspaceId, of.workspaceId), eq(reminders.personId, of.personId)))
    .orderBy(reminders.scheduledFor);

/** `key status hour` of all but the overdue ones that are to come. */
async function shown() {
  return (await rows())
    .filter(({ key, status }) => key !== "overdue" || status !== "scheduled")
    .map(({ key, status, reason, scheduledFor }) => {
      const at = scheduledFor.toISOString().slice(5, 16);
      return [key, status, reason, at].filter(Boolean).join(" ");
    });
}

/** Subjects of the e-mails that a person got. */
const mails = async () =>
  (await writtenTo(deps, of)).map(({ subject }) => subject?.replaceAll("\u00a0", " "));
/** All that waits in the outbox leaves. */
const deliver = () =>
  deps.db.update(messages).set({ status: "sent" }).where(eq(messages.workspaceId, of.workspaceId));

describe("the reminders of a loan", () => {
  test("R305–R311 each is sent once, at its hour in the workspace's zone", async () => {
    const [{ reminders: planned } = { reminders: [] }] = await report(loan());
    expect(planned).toHaveLength(34);
    expect(await shown()).toEqual([
      "J-2 scheduled 11-23T08:00",
      "J-1 scheduled 11-24T08:00",
      "day scheduled 11-25T07:00",
      "2h scheduled 11-25T12:00",
    ]);
    const sentAt: string[] = [];
    const look = async () => {
      const all = await Promise.all([1, 2, 3].map(() => sendDueReminders(deps)));
      const sent = all.reduce((sum, one) => sum + one.sent, 0);
      for (let nth = 0; nth < sent; nth += 1) sentAt.push(deps.clock.now().toISOString());
    };
    for (let hour = 0; hour < 8 * 24; hour += 1) {
      deps.clock.advance(60 * MINUTE);
      await look();
    }
    expect(sentAt.map((at) => at.slice(5, 16))).toEqual([
      "11-23T08:00",
      "11-24T08:00",
      "11-25T07:00",
      "11-25T12:00",
      "11-26T09:00",
      "11-27T09:00",
      "11-28T09:00",
    ]);
    expect(await mails()).toEqual([
      "Caméra : à rendre le mercredi 25 novembre",
      "Caméra : à rendre dans 2 jours",
      "Caméra : à rendre demain",
      "Caméra : à rendre aujourd’hui",
      "Caméra : à rendre avant 15:00",
      "Caméra : retour en retard",
      "Caméra : retour en retard",
      "Caméra : retour en retard",
    ]);
  });

  test("R309 R311 the one of 2 hours is for loans of medium term that are due at an hour", async () => {
    await report(loan({ data: {} }));
    await report(
      loan({ subject: { type: "loan", id: "L2", title: "B", dueOn: "2026-11-25" }, data: {} }),
    );
    expect((await rows()).map(({ key }) => key)).not.toContain("2h");
  });

  test("C2 the app was down at the hour: late where it is of use still, else expired", async () => {
    await report(loan());
    goTo("2026-11-24T07:59");
    expect(await sendDueReminders(deps)).toEqual({ sent: 1, expired: 0, skipped: 0 });
    goTo("2026-11-25T12:10");
    expect(await sendDueReminders(deps)).toEqual({ sent: 1, expired: 2, skipped: 0 });
    goTo("2026-11-28T12:00");
    expect(await sendDueReminders(deps)).toEqual({ sent: 1, expired: 2, skipped: 0 });
    expect(await shown()).toEqual([
      "J-2 sent 11-23T08:00",
      "J-1 expired next_reminder_due 11-24T08:00",
      "day expired next_reminder_due 11-25T07:00",
      "2h sent 11-25T12:00",
      "overdue expired day_over 11-26T09:00",
      "overdue expired day_over 11-27T09:00",
      "overdue sent 11-28T09:00",
    ]);
  });

  test("what is past when it is planned is skipped and says so", async () => {
    await report(loan({ dueAt: "2026-11-21T14:00:00.000Z" }));
    expect((await shown()).slice(0, 2)).toEqual([
      "J-2 skipped planned_too_late 11-19T08:00",
      "J-1 skipped planned_too_late 11-20T08:00",
    ]);
  });

  test("another due date moves what was not sent, and the same again changes nothing", async () => {
    await report(loan());
    goTo("2026-11-23T08:00");
    await sendDueReminders(deps);
    await deliver();
    const before = await shown();
    await report(loan());
    expect(await shown()).toEqual(before);
    await report(loan({ dueAt: "2026-11-28T14:00:00.000Z" }));
    expect(await shown()).toEqual([
      "J-2 sent 11-23T08:00",
      "J-2 scheduled 11-26T08:00",
      "J-1 scheduled 11-27T08:00",
      "day scheduled 11-28T07:00",
      "2h scheduled 11-28T12:00",
    ]);
    goTo("2026-11-26T08:00");
    await sendDueReminders(deps);
    expect((await writtenTo(deps, of)).at(-1)?.body).toContain("samedi 28 novembre");
  });

  test("a report that comes late, of a time before, moves nothing", async () => {
    await report(loan({ occurredAt: new Date("2026-11-20T08:00:00Z") }));
    const before = await shown();
    const late = new Date("2026-11-20T07:00:00Z");
    await report(loan({ occurredAt: late, dueAt: "2026-11-29T14:00:00.000Z" }));
    expect(await shown()).toEqual(before);
  });

  test("R304 a return takes all away, for everybody, and is told", async () => {
    const other = await createConversation(deps, workspace, { name: "Bo" });
    await report(loan(), loan({ recipient: { contactId: other.personId } }));
    const [{ canceled } = { canceled: 0 }] = await report(returned());
    expect(canceled).toBe(68);
    goTo("2026-11-25T07:00");
    expect(await sendDueReminders(deps)).toEqual({ sent: 0, expired: 0, skipped: 0 });
    expect((await shown()).every((one) => one.includes("canceled closed"))).toBe(true);
    expect(await mails()).toContain("Caméra : retour enregistré");
  });

  test("a loan that is reported after its return plans nothing; a new loan of it does", async () => {
    await report(returned({ occurredAt: new Date("2026-11-20T08:30:00Z") }));
    const [late] = await report(loan({ occurredAt: new Date("2026-11-20T08:00:00Z") }));
    expect(late?.reminders).toEqual([]);
    expect(late?.deliveries.map(({ fate, reason }) => `${fate} ${reason}`)).toEqual([
      "expired overtaken",
      "expired overtaken",
      "expired overtaken",
    ]);
    const [again] = await report(loan());
    expect(again?.reminders).toHaveLength(34);
  });

  test("R313 C11 what a person switched off is skipped at its hour", async () => {
    const on = { "J-2": true, "J-1": true, day: true, "2h": true, overdue: true };
    await prefer(deps, of, { reminders: { ...on, "J-2": false, overdue: false } });
    await report(loan());
    goTo("2026-11-23T08:00");
    expect(await sendDueReminders(deps)).toEqual({ sent: 0, expired: 0, skipped: 1 });
    goTo("2026-11-24T08:00");
    expect(await sendDueReminders(deps)).toEqual({ sent: 1, expired: 0, skipped: 0 });
    expect((await shown())[0]).toBe("J-2 skipped switched_off 11-23T08:00");
  });

  test("one that quiet hours keep is told anew when the due date changes meanwhile", async () => {
    await prefer(deps, of, { quietHours: [{ ...NEVER, start: "08:30", end: "20:00" }] });
    await report(loan());
    goTo("2026-11-24T08:00");
    await sendDueReminders(deps);
    // At 09:00 in Paris, kept until 20:00.
    expect((await fatesOf(deps, of)).filter((fate) => fate === "held quiet_hours")).toHaveLength(2);
    await report(loan({ dueAt: "2026-11-30T14:00:00.000Z" }));
    goTo("2026-11-24T19:00");
    await releaseDeliveries(deps);
    const told = (await writtenTo(deps, of)).map(({ body }) => body).join("\n");
    expect(told).not.toContain("demain");
    expect(await fatesOf(deps, of)).toContain("expired overtaken");
    expect(await shown()).toContain("J-1 scheduled 11-29T08:00");
  });

  test("one that quiet hours keep is taken back for good when its person cancels", async () => {
    await prefer(deps, of, { quietHours: [{ ...NEVER, start: "08:30", end: "20:00" }] });
    await report(loan());
    goTo("2026-11-24T08:00");
    await sendDueReminders(deps);
    const [row] = await rows();
    const subject = { type: row?.subjectType ?? "", id: row?.subjectId ?? "" };
    await deps.db.transaction(async (tx) => {
      const personIds = [of.personId];
      await lockPreferences(tx, { ...of, personIds, now: deps.clock.now() });
      await cancelByReply(tx, { ...of, subject, at: deps.clock.now() });
    });
    expect((await fatesOf(deps, of)).filter((fate) => fate === "expired by_reply")).toHaveLength(1);
    const kept = (await rows()).find(({ key }) => key === "J-1");
    expect(kept).toMatchObject({ status: "canceled", reason: "by_reply" });
    goTo("2026-11-24T19:00");
    await releaseDeliveries(deps);
    // That it was lent is no reminder.
    const told = (await writtenTo(deps, of)).map(({ body }) => body).join("\n");
    expect(told).toContain("Nous vous avons remis");
    expect(told).not.toContain("demain");
  });

  test("a person whose reminder fails keeps nobody else's, and is reminded once it can be", async () => {
    const other = await createConversation(deps, workspace, { name: "Ben" });
    const values = { kind: "email", value: `${other.personId}@example.test`, raw: "x" } as const;
    await deps.db.insert(addresses).values({
      ...{ ...values, id: deps.chance.uuid(), workspaceId: of.workspaceId },
      ...{ personId: other.personId, createdAt: deps.clock.now() },
    });
    const [failing, fine] = [person, other].sort((a, b) => (a.personId < b.personId ? -1 : 1));
    if (!failing || !fine) throw new Error("there are two");
    for (const { personId: contactId } of [failing, fine]) {
      await report(loan({ recipient: { contactId } }));
    }
    const ofPerson = (one: TestConversation) => eq(reminders.personId, one.personId);
    const [kept] = await deps.db.select().from(reminders).where(ofPerson(failing)).limit(1);
    // Data that its template cannot be filled with.
    await deps.db.update(reminders).set({ data: {} }).where(ofPerson(failing));
    goTo("2026-11-23T08:00");
    expect(await sendDueReminders(deps)).toEqual({ sent: 1, expired: 0, skipped: 0 });
    const sentOf = async (one: TestConversation) =>
      deps.db.$count(reminders, and(ofPerson(one), eq(reminders.status, "sent")));
    expect([await sentOf(failing), await sentOf(fine)]).toEqual([0, 1]);
    expect(deps.lines.filter(({ level }) => level === "error")).toMatchObject([
      { fields: { personId: failing.personId, error: expect.stringContaining("missing") } },
    ]);
    await deps.db.update(reminders).set({ data: kept?.data }).where(ofPerson(failing));
    expect(await sendDueReminders(deps)).toEqual({ sent: 1, expired: 0, skipped: 0 });
  });

  test("two reports at once plan each reminder once", async () => {
    await Promise.all(
      Array.from({ length: 6 }, (_, nth) =>
        report(loan(nth % 2 ? {} : { dueAt: "2026-11-26T14:00:00.000Z" })),
      ),
    );
    const waiting = (await rows()).filter(({ status }) => status === "scheduled");
    expect(waiting).toHaveLength(34);
    expect(new Set(waiting.map(({ subject }) => subject.dueAt)).size).toBe(1);
  });
});

describe("reminders by hand", () => {
  const first = async () => {
    const [row] = await rows();
    if (!row) throw new Error("a loan plans reminders");
    return row;
  };

  test("another hour holds until the due date changes", async () => {
    await report(loan());
    const { id } = await first();
    const at = new Date("2026-11-23T10:30:00Z");
    const move = (scheduledFor: Date) => postponeReminder(deps, { ...of, id, scheduledFor });
    expect(await move(at)).toMatchObject({ kind: "postponed" });
    await report(loan());
    expect((await first()).scheduledFor).toEqual(at);
    goTo("2026-11-23T10:29");
    expect(await sendDueReminders(deps)).toMatchObject({ sent: 0 });
    expect(await move(new Date("2026-11-23T10:00:00Z"))).toEqual({ kind: "past" });
    expect(await move(new Date("2026-11-24T09:00:00Z"))).toMatchObject({ kind: "expires_before" });
    goTo("2026-11-23T10:30");
    expect(await sendDueReminders(deps)).toMatchObject({ sent: 1 });
    expect(await move(new Date("2026-11-23T11:00:00Z"))).toEqual({
      kind: "too_late",
      status: "sent",
    });
  });

  test("what a person took away comes back by no report", async () => {
    await report(loan());
    const { id } = await first();
    expect(await cancelReminder(deps, { ...of, id })).toMatchObject({ kind: "canceled" });
    expect(await cancelReminder(deps, { ...of, id })).toEqual({
      kind: "too_late",
      status: "canceled",
    });
    await report(loan());
    goTo("2026-11-23T08:00");
    expect(await sendDueReminders(deps)).toMatchObject({ sent: 0 });
  });

  test("nobody reaches another workspace's", async () => {
    await report(loan());
    const { id } = await first();
    const other = await createWorkspace(deps);
    const scheduledFor = new Date("2026-11-23T10:30:00Z");
    const foreign = { workspaceId: other.workspaceId, id };
    expect(await cancelReminder(deps, foreign)).toEqual({ kind: "not_found" });
    expect(await postponeReminder(deps, { ...foreign, scheduledFor })).toEqual({
      kind: "not_found",
    });
  });
});

describe("what an event makes pointless", () => {
  const ticket = (type: string, values: Partial<EventToReport> = {}): EventToReport => ({
    type,
    recipient: { contactId: person.personId },
    subject: { type: "ticket", id: "A-042", title: "A-042" },
    data: { ticket_number: "A-042", service_name: "Visa", queue_name: "B", eta_minutes: 15 },
    occurredAt: null,
    ...values,
  });
  const texts = async () =>
    (await writtenTo(deps, of))
      .filter(({ channel }) => channel === "sms")
      .map(({ status, statusReason }) => [status, statusReason].filter(Boolean).join(" "));

  test("a called ticket takes back what is still in the outbox, and what is kept", async () => {
    await report(ticket("ticket.created"));
    await prefer(deps, of, { quietHours: [{ ...NEVER, start: "09:00", end: "12:00" }] });
    await report(ticket("ticket.almost_called"));
    expect(await fatesOf(deps, of)).toContain("held quiet_hours");
    await report(ticket("ticket.called"));
    expect(await texts()).toEqual(["canceled overtaken", "queued"]);
    expect((await fatesOf(deps, of)).filter((one) => one === "expired overtaken")).toHaveLength(2);
    deps.clock.advance(DAY);
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
  });

  test("what has left stays, and another ticket is another thing", async () => {
    await report(ticket("ticket.created"));
    await deliver();
    const other = { type: "ticket", id: "A-043", title: "A-043" };
    await report(ticket("ticket.created", { subject: other }));
    await report(ticket("ticket.called"));
    expect(await texts()).toEqual(["sent", "queued", "queued"]);
  });

  test("in one batch each event ends only what came before it", async () => {
    await report(
      ticket("ticket.created"),
      ticket("ticket.called"),
      ticket("ticket.created", { data: { ...ticket("").data, ticket_number: "A-042b" } }),
    );
    expect(await texts()).toEqual(["canceled overtaken", "queued", "queued"]);
    expect(await deps.db.$count(notifications, eq(notifications.workspaceId, of.workspaceId))).toBe(
      3,
    );
  });
});
