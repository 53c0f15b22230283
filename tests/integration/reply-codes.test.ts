import { and, asc, desc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { answerInbound } from "../../app/api/webhooks/twilio/door";
import {
  activities,
  attempts,
  conversations,
  integrations,
  messages,
  notifications,
  persons,
  reminders,
} from "../../db/schema";
import type { ReplyCode } from "../../lib/domain/reply-codes/reply-code";
import { type EventToReport, reportEvents } from "../../lib/events/report-events";
import { recoverMissed } from "../../lib/inbound/recover-missed";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { addMessage, createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { anAlert, fatesOf, prefer, raise, writtenTo } from "../support/notifications";
import { messageSid, signedRequest, smsFields } from "../support/twilio-request";
import { openReceiver } from "../support/webhook-endpoint";
import {
  createIntegration,
  createUser,
  createWorkspace,
  type TestWorkspace,
} from "../support/workspace";

const PATIENT_MS = 30_000;
const HOUR = 3_600_000;
const CODES: readonly ReplyCode[] = [
  { word: "OUI", action: "confirm" },
  { word: "ANNULER", action: "cancel" },
];

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;

beforeEach(async () => {
  deps = testDeps(database);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace, { state: "resolved", isListed: false });
  await prefer(deps, { workspaceId: workspace.workspaceId, personId: person.personId });
});

type Values = Parameters<typeof anAlert>[1];

let raisedTypes = 0;
/** A notification that has reached the phone; of a type of its own, so that none is gathered. */
async function told(values: Values = {}) {
  raisedTypes += 1;
  const given = { type: `test.${raisedTypes}`, replyCodes: CODES, ...values };
  const [raised] = await raise(deps, workspace.workspaceId, anAlert(person.personId, given));
  if (!raised) throw new Error("nothing was raised");
  await arrive();
  return raised.notification.id;
}

/** Everything that waits has left and arrived. */
async function arrive() {
  await deps.db
    .update(messages)
    .set({ status: "delivered", sentAt: deps.clock.now() })
    .where(and(eq(messages.workspaceId, workspace.workspaceId), eq(messages.status, "queued")));
}

function post(fields: Record<string, string>) {
  const all = smsFields(workspace, { From: person.address, ...fields });
  return answerInbound(deps, signedRequest(all, { token: workspace.account.token }), PATIENT_MS);
}
const say = (Body: string, more: Record<string, string> = {}) => post({ Body, ...more });

async function answerOf(id: string) {
  const [row] = await deps.db.select().from(notifications).where(eq(notifications.id, id));
  return row?.answerAction ?? null;
}

/** What was written since in answer, oldest first. */
async function written() {
  const rows = await deps.db
    .select()
    .from(messages)
    .where(and(eq(messages.workspaceId, workspace.workspaceId), eq(messages.lane, "interactive")))
    .orderBy(asc(messages.seq));
  return rows.map(({ body }) => body);
}

async function received() {
  return deps.db
    .select()
    .from(messages)
    .where(and(eq(messages.workspaceId, workspace.workspaceId), eq(messages.direction, "in")))
    .orderBy(asc(messages.seq));
}

async function conversation() {
  const [row] = await deps.db.select().from(conversations).where(eq(conversations.id, person.id));
  if (!row) throw new Error("the conversation is gone");
  return row;
}

const lines = () =>
  deps.db
    .select()
    .from(activities)
    .where(eq(activities.conversationId, person.id))
    .orderBy(asc(activities.id));

describe("a reply code", () => {
  it("answers the newest, is confirmed from the same number, said in the thread, and wakes nobody", async () => {
    const id = await told({ title: "Rendez-vous de lundi" });
    expect(await say("Oui !")).toMatchObject({ status: 200, body: "<Response/>" });
    const [code] = await received();
    const [row] = await deps.db.select().from(notifications).where(eq(notifications.id, id));
    expect(row).toMatchObject({
      answerAction: "confirm",
      answeredAt: deps.clock.now(),
      answerMessageId: code?.id,
    });
    expect(await written()).toEqual(["Confirmé, merci : Rendez-vous de lundi"]);
    expect(await conversation()).toMatchObject({
      state: "resolved",
      inboundCount: 0,
      waitingSince: null,
      stateReason: { rule: "reply_code", words: "Oui !" },
    });
    expect(code).toMatchObject({ counts: false, content: { replyCode: "confirm" } });
    expect(await lines()).toMatchObject([
      {
        kind: "answered",
        data: { action: "confirm", title: "Rendez-vous de lundi" },
        afterSeq: code?.seq,
      },
    ]);
    const told1 = deps.changes.flatMap((one) =>
      one.kind === "conversation" ? one.messageIds : [],
    );
    expect(told1).toContain(code?.id);
    expect(deps.bells.some(({ kind }) => kind === "dispatch")).toBe(true);
  });

  it("R234 is told to other systems, with what it answers, once", async () => {
    const receiver = await openReceiver(deps);
    const endpoint = await receiver.listen(workspace.workspaceId, {
      events: ["reply_code.received"],
    });
    const subject = { type: "visit", id: "7", title: "Visite" };
    const id = await told({ subject, data: { room: "B" } });
    const fields = { Body: "annuler", MessageSid: messageSid() };
    await post(fields);
    await post(fields);
    const [code] = await received();
    expect(await receiver.owed(endpoint)).toMatchObject([
      {
        type: "reply_code.received",
        occurredAt: deps.clock.now(),
        payload: {
          action: "cancel",
          messageId: code?.id,
          personId: person.personId,
          from: person.address,
          body: "annuler",
          notifications: [{ id, title: "Anomalie", subject, data: { room: "B" } }],
        },
      },
    ]);
    await receiver.sink.close();
  });

  it("leaves an open conversation open, with nothing more unread", async () => {
    await deps.db
      .update(conversations)
      .set({ state: "open", isListed: true, inboundCount: 3 })
      .where(eq(conversations.id, person.id));
    await told();
    await say("annuler");
    expect(await conversation()).toMatchObject({ state: "open", inboundCount: 3 });
    expect(await written()).toEqual(["Annulation notée : Anomalie"]);
  });

  it("speaks the person's language", async () => {
    await deps.db.update(persons).set({ locale: "en" }).where(eq(persons.id, person.personId));
    await told();
    await say("YES");
    expect(await written()).toEqual(["Confirmed, thank you: Anomalie"]);
  });

  it("is what the type offers where the notification says nothing", async () => {
    const id = await told({ type: "security.anomaly", replyCodes: undefined });
    await say("1");
    expect(await answerOf(id)).toBe("acknowledge");
    expect(await written()).toEqual(["C'est noté : Anomalie"]);
  });

  it("answers the newest of one subject, and the older ones with it", async () => {
    const subject = { type: "loan", id: "42", title: "Caméra" };
    const first = await told({ subject, title: "Dans 2 jours" });
    deps.clock.advance(HOUR);
    const second = await told({ subject, title: "Demain" });
    await say("OUI");
    expect([await answerOf(first), await answerOf(second)]).toEqual(["confirm", "confirm"]);
    expect(await written()).toEqual(["Confirmé, merci : Demain"]);
  });

  it("that cancels takes away the reminders to come of that subject, for good, and no others", async () => {
    const loan = (id: string, dueAt: string): EventToReport => ({
      type: "loan.assigned",
      recipient: { contactId: person.personId },
      subject: { type: "loan", id, title: "Caméra", dueAt },
      data: { loan_term: "medium" },
      occurredAt: null,
    });
    const report = (...events: EventToReport[]) => {
      const acting = { workspaceId: workspace.workspaceId, actor: { kind: "system" } as const };
      return reportEvents(deps, { acting, events });
    };
    const due = "2026-11-25T14:00:00.000Z";
    await report(loan("L1", due), loan("L2", due));
    const statuses = async (subjectId: string) => {
      const rows = await deps.db
        .select()
        .from(reminders)
        .where(
          and(eq(reminders.workspaceId, workspace.workspaceId), eq(reminders.subjectId, subjectId)),
        );
      return [...new Set(rows.map(({ status, reason }) => `${status} ${reason}`))];
    };
    expect(await statuses("L1")).toEqual(["scheduled null"]);
    await told({ subject: { type: "loan", id: "L1", title: "Caméra" } });
    await say("Annuler");
    expect(await statuses("L1")).toEqual(["canceled by_reply"]);
    expect(await statuses("L2")).toEqual(["scheduled null"]);
    deps.clock.advance(60_000);
    await report(loan("L1", "2026-11-25T16:00:00.000Z"));
    expect(await statuses("L1")).toContain("canceled by_reply");
  });

  it("that cancels takes back a reminder that a gate keeps, or that is still in the outbox", async () => {
    const of = { workspaceId: workspace.workspaceId, personId: person.personId };
    const subject = { type: "loan", id: "L1", title: "Caméra" };
    const reminder: Values = {
      ...{ kind: "reminder", type: "loan.reminder", category: "loans", subject },
      channels: ["sms"],
    };
    await told({ ...reminder, title: "Dans 2 jours", replyCodes: CODES });
    const waiting = anAlert(person.personId, { ...reminder, title: "Demain" });
    const other = { ...waiting, subject: { ...subject, id: "L2" } };
    await raise(deps, of.workspaceId, waiting, other);
    const night = { days: ["fri"], start: "08:00", end: "12:00" } as const;
    await prefer(deps, of, { quietHours: [night] });
    const kept = anAlert(person.personId, { ...reminder, title: "Aujourd'hui" });
    const [raised] = await raise(deps, of.workspaceId, kept);
    expect(raised?.deliveries.map(({ fate }) => fate)).toEqual(["held"]);
    await say("ANNULER");
    expect(await fatesOf(deps, of)).toEqual([
      "queued sends",
      "expired by_reply",
      "queued sends",
      "expired by_reply",
    ]);
    const unsent = (await writtenTo(deps, of)).filter(
      (one) => one.direction === "out" && one.lane === "normal",
    );
    expect(unsent.map(({ status, statusReason }) => [status, statusReason])).toEqual([
      ["delivered", null],
      ["canceled", "by_reply"],
      ["queued", null],
    ]);
    expect(await written()).toEqual(["Annulation notée : Dans 2 jours"]);
    deps.clock.advance(4 * HOUR);
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
  });

  it("that fits several is asked back by a list, of which 2 picks the second and 1 then the first", async () => {
    const first = await told({ title: "Salle A" });
    deps.clock.advance(HOUR);
    const second = await told({ title: "Salle B" });
    await say("annuler");
    expect(await written()).toEqual([
      "De quoi s'agit-il ? Répondez par le numéro :\n1. Salle B\n2. Salle A",
    ]);
    expect([await answerOf(first), await answerOf(second)]).toEqual([null, null]);
    expect(await conversation()).toMatchObject({ state: "resolved", inboundCount: 0 });
    await arrive();
    await say("2");
    expect([await answerOf(first), await answerOf(second)]).toEqual(["cancel", null]);
    await arrive();
    await say("1");
    expect(await answerOf(second)).toBe("cancel");
    expect((await written()).slice(1)).toEqual([
      "Annulation notée : Salle A",
      "Annulation notée : Salle B",
    ]);
  });

  it("answers each of those that came together in a summary by its number", async () => {
    raisedTypes += 1;
    const gathered = { type: `test.${raisedTypes}`, replyCodes: CODES };
    const alerts = ["A", "B", "C"].map((title) => anAlert(person.personId, { ...gathered, title }));
    await raise(deps, workspace.workspaceId, ...alerts);
    await arrive();
    await say("oui");
    expect(await written()).toEqual(["Confirmé, merci : A"]);
    deps.clock.advance(6 * 60_000);
    await releaseDeliveries(deps);
    await arrive();
    await say("oui");
    expect((await written()).at(-1)).toMatch(/numéro :\n1\. C\n2\. B$/);
  });

  it("sent ten times at once gives one answer and one confirmation", async () => {
    const id = await told();
    const answers = await Promise.all(Array.from({ length: 10 }, () => say("OUI")));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await answerOf(id)).toBe("confirm");
    expect(await written()).toHaveLength(1);
    expect(await lines()).toHaveLength(2);
    const codes = (await received()).filter(({ content }) => content?.replyCode === "confirm");
    expect(codes).toHaveLength(1);
    expect(await received()).toHaveLength(10);
  });

  it("R406 posted twenty times changes nothing but once, and once more late not at all", async () => {
    await told();
    const fields = { Body: "OUI", MessageSid: messageSid() };
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(fields)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    deps.clock.advance(60_000);
    expect((await post(fields)).status).toBe(200);
    expect(await received()).toHaveLength(1);
    expect(await written()).toHaveLength(1);
    expect(await conversation()).toMatchObject({ state: "resolved", inboundCount: 0 });
  });

  it("that never reached us is acted on when the missed texts are fetched", async () => {
    const id = await told();
    deps.clock.advance(HOUR);
    const missed = {
      providerId: messageSid(),
      from: person.address,
      to: workspace.integration.sender,
      body: "oui",
      mediaCount: 0,
      messagingServiceSid: null,
      receivedAt: new Date(deps.clock.now().getTime() - HOUR / 2),
    };
    deps.provider.received = [missed];
    await recoverMissed(deps);
    await recoverMissed(deps);
    expect(await answerOf(id)).toBe("confirm");
    expect(await written()).toHaveLength(1);
    expect(await conversation()).toMatchObject({ state: "resolved", inboundCount: 0 });
  });

  it.each(["before", "after"] as const)("outlives a crash %s its commit", async (moment) => {
    const id = await told();
    const fields = smsFields(workspace, { From: person.address, Body: "OUI" });
    const request = signedRequest(fields, { token: workspace.account.token });
    const crashed = { ...deps, db: crashing(moment) };
    expect((await answerInbound(crashed, request, PATIENT_MS)).status).toBe(503);
    expect(await answerOf(id)).toBe(moment === "before" ? null : "confirm");
    expect(await received()).toHaveLength(moment === "before" ? 0 : 1);
    expect((await answerInbound(deps, request, PATIENT_MS)).status).toBe(200);
    expect(await answerOf(id)).toBe("confirm");
    expect(await received()).toHaveLength(1);
    expect(await written()).toEqual(["Confirmé, merci : Anomalie"]);
  });

  it("is all or nothing: where its confirmation cannot be stored, it reaches a person instead", async () => {
    const id = await told();
    const broken = { ...deps, chance: { ...deps.chance, uuid: breakAfter(5) } };
    const fields = smsFields(workspace, { From: person.address, Body: "OUI" });
    const request = signedRequest(fields, { token: workspace.account.token });
    expect((await answerInbound(broken, request, PATIENT_MS)).status).toBe(200);
    expect(await answerOf(id)).toBeNull();
    expect(await received()).toMatchObject([{ body: "OUI", content: null }]);
    expect(await conversation()).toMatchObject({ state: "open", inboundCount: 1 });
  });
});

/** A crash in the middle of the transaction, or right after its commit. */
function crashing(moment: "before" | "after"): TestDeps["db"] {
  const gone = Object.assign(new Error("the connection is closed"), { code: "CONNECTION_CLOSED" });
  const transaction: TestDeps["db"]["transaction"] = async (work) => {
    await deps.db.transaction(async (tx) => {
      await work(tx);
      if (moment === "before") throw gone;
    });
    throw gone;
  };
  return Object.assign(Object.create(deps.db), { transaction });
}

/** Ids, of which one is none. */
function breakAfter(count: number) {
  let given = 0;
  return () => {
    given += 1;
    return given > count && given < count + 2 ? "no id" : deps.chance.uuid();
  };
}

describe("an ordinary message", () => {
  async function opened(body: string) {
    await say(body);
    const row = await conversation();
    expect(row).toMatchObject({ state: "open", inboundCount: 1 });
    expect(await written()).toEqual([]);
  }

  it.each(["oui merci pour tout, mais à quelle heure ?", "OUI ?", "peut-être", "3"])(
    "is %j, and opens",
    async (body) => {
      const id = await told();
      await opened(body);
      expect(await answerOf(id)).toBeNull();
    },
  );

  it("is a code of 72 hours ago", async () => {
    const id = await told();
    deps.clock.advance(72 * HOUR + 1);
    await opened("OUI");
    expect(await answerOf(id)).toBeNull();
  });

  it("is a number of a list of 72 hours ago", async () => {
    await told({ title: "A" });
    await told({ title: "B" });
    await say("oui");
    deps.clock.advance(71 * HOUR);
    await told({ title: "C", replyCodes: [{ word: "VU", action: "acknowledge" }] });
    deps.clock.advance(2 * HOUR);
    await say("2");
    expect(await conversation()).toMatchObject({ state: "open" });
  });

  it("is the answer to what a colleague asked after the notification", async () => {
    const id = await told();
    const author = await createUser(deps, workspace.workspaceId, "agent");
    await addMessage(deps, workspace, person, { direction: "out", authorUserId: author.id });
    await opened("OUI");
    expect(await answerOf(id)).toBeNull();
  });

  it("is a code to another of our numbers", async () => {
    const id = await told();
    const other = await createIntegration(deps, workspace);
    await say("OUI", { To: other.sender });
    expect(await answerOf(id)).toBeNull();
    expect(await written()).toEqual([]);
  });

  it("is a code where nothing has left yet, or all is answered", async () => {
    const id = await told();
    await deps.db.update(messages).set({ status: "failed" });
    await opened("OUI");
    expect(await answerOf(id)).toBeNull();
  });

  it("is what a blocked person sends", async () => {
    const id = await told();
    const blockedAt = deps.clock.now();
    await deps.db.update(persons).set({ blockedAt }).where(eq(persons.id, person.personId));
    await say("OUI");
    expect(await answerOf(id)).toBeNull();
    expect(await written()).toEqual([]);
  });

  it("is a code that would ask back where nothing can be written", async () => {
    await told();
    await told();
    await deps.db
      .update(integrations)
      .set({ isActive: false })
      .where(eq(integrations.id, workspace.integration.id));
    await opened("OUI");
    expect(deps.lines.filter(({ level }) => level === "error")).toEqual([]);
  });
});

describe("a consent word", () => {
  it.each(["STOP", "CANCEL", "arrêt"])("wins over any code: %s", async (word) => {
    const id = await told({ replyCodes: [...CODES, { word, action: "cancel" }] });
    await say(word);
    expect(await answerOf(id)).toBeNull();
    expect(await written()).toEqual([]);
    expect((await lines()).map(({ kind }) => kind)).toContain("opted_out");
  });

  it("that starts messages again at the provider may answer as well", async () => {
    const id = await told();
    await say("YES", { OptOutType: "START" });
    expect(await answerOf(id)).toBe("confirm");
    expect((await lines()).map(({ kind }) => kind).sort()).toEqual(["answered", "opted_in"]);
  });

  it("of the provider wins as well", async () => {
    const id = await told();
    await say("OUI", { OptOutType: "STOP" });
    expect(await answerOf(id)).toBeNull();
  });
});

describe("on WhatsApp", () => {
  it("a code that quotes a notification answers that one", async () => {
    const whatsapp = await createIntegration(deps, workspace, { type: "whatsapp" });
    const thread = await createConversation(deps, workspace, {
      personId: person.personId,
      integrationId: whatsapp.id,
      address: person.address,
      lastInboundAt: deps.clock.now(),
    });
    await say("Bonjour", whatsappFields(whatsapp.sender));
    const ids: string[] = [];
    for (const title of ["A", "B"]) {
      ids.push(await told({ title, channels: ["whatsapp"], severity: "critical" }));
    }
    const told1 = await deps.db
      .select()
      .from(messages)
      .where(and(eq(messages.conversationId, thread.id), eq(messages.direction, "out")))
      .orderBy(desc(messages.seq));
    const older = told1[1];
    if (!older) throw new Error("two were told");
    const providerId = messageSid();
    await deps.db.insert(attempts).values({
      workspaceId: workspace.workspaceId,
      messageId: older.id,
      accountId: workspace.account.id,
      number: 1,
      startedAt: deps.clock.now(),
      leaseUntil: deps.clock.now(),
      providerId,
    });
    await say("OUI", {
      ...whatsappFields(whatsapp.sender),
      OriginalRepliedMessageSid: providerId,
      OriginalRepliedMessageSender: `whatsapp:${whatsapp.sender}`,
    });
    expect([await answerOf(ids[0] ?? ""), await answerOf(ids[1] ?? "")]).toEqual(["confirm", null]);
  });

  function whatsappFields(sender: string) {
    return {
      From: `whatsapp:${person.address}`,
      To: `whatsapp:${sender}`,
      WaId: person.address.slice(1),
    };
  }
});
