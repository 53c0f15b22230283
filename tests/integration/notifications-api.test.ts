import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { answerInbound } from "../../app/api/webhooks/twilio/door";
import {
  auditLog,
  messages,
  notifications,
  persons,
  users,
  whatsappTemplates,
  workspaces,
} from "../../db/schema";
import { openSealedText } from "../../lib/outbound/sealed-text";
import { AUTH_SECRET, callApi, createClient, installRuntime, read } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { anAlert, explain, prefer } from "../support/notifications";
import { mintSessionCookie } from "../support/session";
import { signedRequest, smsFields } from "../support/twilio-request";
import {
  createIntegration,
  createUser,
  createWorkspace,
  type TestWorkspace,
} from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;
let admin: Awaited<ReturnType<typeof createClient>>;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace);
  admin = await createClient(deps, workspace.workspaceId);
});

const NOBODY = "01a1fadb-bddb-7366-819f-07c962fce9c9";
const anomaly = (values: Record<string, unknown> = {}) => ({
  recipient: { contactId: person.personId },
  type: "security.anomaly",
  severity: "critical",
  title: "🚨 Anomaly",
  message: "Camera 3",
  ...values,
});
const here = () => eq(notifications.workspaceId, workspace.workspaceId);

async function signIn(userId: string): Promise<string> {
  const { appUrl } = deps.settings;
  const { name, value } = await mintSessionCookie(deps, {
    userId,
    authSecret: AUTH_SECRET,
    appUrl,
  });
  return `${name}=${value}`;
}

/** As the browser of somebody who has signed in. */
async function call(cookie: string, method: string, path: string, body?: unknown) {
  const headers = {
    cookie,
    origin: deps.settings.appUrl,
    "content-type": "application/json",
  };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  return read(await callApi(path, init));
}

describe("/notifications", () => {
  test("R018 R036 one is raised, tells its fates in words, and is read again with them", async () => {
    const made = await admin.post("/notifications", anomaly());
    expect(made.status).toBe(202);
    const of = (channel: string) =>
      made.body.deliveries.find((one: { channel: string }) => one.channel === channel);
    expect(of("sms")).toMatchObject({ status: "queued", reason: "sends", releaseAt: null });
    expect(of("email")).toMatchObject({
      status: "refused",
      reason: "no_address",
      sentence: "No e-mail address configured",
      messageId: null,
    });
    const [message] = await deps.db
      .select()
      .from(messages)
      .where(eq(messages.id, of("sms").messageId));
    expect(message).toMatchObject({ body: "🚨 Anomaly\nCamera 3", toAddress: person.address });
    const again = await admin.get(`/notifications/${made.body.id}`);
    expect(again.body).toMatchObject({
      kind: "alert",
      category: "security",
      title: "🚨 Anomaly",
      message: "Camera 3",
    });
    expect(again.body.deliveries).toHaveLength(4);
    const listed = await admin.get("/notifications?type=security.anomaly&severity=critical");
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toEqual([made.body.id]);
    expect((await admin.get("/notifications?severity=low")).body.data).toEqual([]);
  });

  test("reply codes are told with a notification, and which one answered it", async () => {
    const replyCodes = [{ word: "Réglé", action: "confirm" }];
    const made = await admin.post("/notifications", anomaly({ replyCodes }));
    const path = `/notifications/${made.body.id}`;
    const open = { answeredAt: null, answer: null, answerMessageId: null };
    expect((await admin.get(path)).body).toMatchObject({ replyCodes, ...open });
    await deps.db.update(messages).set({ status: "sent" }).where(eq(messages.lane, "normal"));
    const fields = smsFields(workspace, { From: person.address, Body: "réglé." });
    const request = signedRequest(fields, { token: workspace.account.token });
    expect((await answerInbound(deps, request, 30_000)).status).toBe(200);
    const { body } = await admin.get(path);
    expect(body).toMatchObject({ answer: "confirm", answeredAt: deps.clock.now().toISOString() });
    const code = await admin.get(`/messages/${body.answerMessageId}`);
    expect(code.body).toMatchObject({ body: "réglé.", direction: "in" });
    const usual = await admin.post("/notifications", anomaly());
    const offered = (await admin.get(`/notifications/${usual.body.id}`)).body.replyCodes;
    expect(offered).toContainEqual({ word: "OK", action: "acknowledge" });
  });

  test.each([
    ["STOP", "cannot be a reply code"],
    ["d'accord", "one word"],
    ["Bonjour", "must reach a person"],
  ])("a code that is no code is refused and nothing stored: %s", async (word, why) => {
    const replyCodes = [
      { word: "OUI", action: "confirm" },
      { word, action: "cancel" },
    ];
    const refused = await admin.post("/notifications", anomaly({ replyCodes }));
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([
      { path: "replyCodes.1.word", message: expect.stringContaining(why) },
    ]);
    expect(await deps.db.$count(notifications, here())).toBe(0);
  });

  test("sentences are French for who asks for French", async () => {
    const headers = { "accept-language": "fr-FR,fr;q=0.9,en;q=0.8" };
    const made = await admin.post("/notifications", anomaly({ channels: ["email"] }), headers);
    expect(made.body.deliveries[0].sentence).toBe("Aucune adresse e-mail renseignée");
  });

  test("the sentences about somebody unknown are in the caller's language", async () => {
    const body = anomaly({ recipient: { phone: "06 00 00 00 77" }, channels: ["email"] });
    const told = async (answer: Promise<{ body: Record<string, unknown> }>) => {
      const { deliveries } = (await answer).body as { deliveries: { sentence: string }[] };
      return deliveries[0]?.sentence;
    };
    const english = "No e-mail address configured";
    const french = "Aucune adresse e-mail renseignée";
    const ask = (language?: string) =>
      told(
        admin.post(
          "/notifications/explain",
          body,
          language ? { "accept-language": language } : undefined,
        ),
      );
    expect(await ask()).toBe(english);
    expect(await ask("en-GB;q=0.4, fr;q=0.9")).toBe(french);
    expect(await ask("de, en;q=0.1")).toBe(english);
    const user = await createUser(deps, workspace.workspaceId, "admin");
    const cookie = await signIn(user.id);
    for (const [locale, sentence] of [
      ["fr", french],
      ["en", english],
    ] as const) {
      await deps.db.update(users).set({ locale }).where(eq(users.id, user.id));
      expect(await told(call(cookie, "POST", "/notifications/explain", body))).toBe(sentence);
    }
  });

  test("explain asks for the approved text in the workspace's language, as who is met is written to", async () => {
    const { workspaceId } = workspace;
    await deps.db.update(workspaces).set({ locale: "en" }).where(eq(workspaces.id, workspaceId));
    const sender = await createIntegration(deps, workspace, { type: "whatsapp" });
    const contentSid = `HX${"d".repeat(32)}`;
    await deps.db.insert(whatsappTemplates).values({
      ...{ id: deps.chance.uuid(), workspaceId, accountId: workspace.account.id, contentSid },
      ...{ name: "ticket_called", language: "en", body: "Ticket {{1}}", category: "utility" },
      variables: [{ name: "1", sample: "A-1" }],
      ...{ status: "approved", rejectionReason: null, syncedAt: deps.clock.now() },
    });
    const template = await admin.post("/templates", {
      ...{ name: "Called", channel: "whatsapp", event: "ticket.called", locale: "en" },
      ...{ subject: null, body: "Ticket {{ ticket_number }}", isActive: true },
      approved: { [sender.id]: { contentSid, variables: { "1": "{{ ticket_number }}" } } },
    });
    expect(template.status).toBe(201);
    const called = anAlert("", {
      ...{ recipient: { phone: "06 00 00 00 78" }, kind: "transactional", words: null },
      ...{ type: "ticket.called", category: "tickets", channels: ["whatsapp"] },
      data: { ticket_number: "A-1" },
    });
    expect(await explain(deps, workspaceId, called)).toEqual(["queued sends"]);
  });

  test("a repeated key raises one", async () => {
    const key = { "idempotency-key": "alarm-1" };
    const first = await admin.post("/notifications", anomaly(), key);
    const second = await admin.post("/notifications", anomaly(), key);
    expect(second.body.id).toBe(first.body.id);
    expect(await deps.db.$count(notifications, here())).toBe(1);
  });

  test("explain tells what sending then does, also for who is not known, and stores nothing", async () => {
    const bodies = [
      anomaly(),
      anomaly({ severity: "low" }),
      anomaly({ recipient: { phone: "06 00 00 00 77" } }),
      anomaly({ type: "ticket.called", severity: "low" }),
    ];
    for (const body of bodies) {
      const before = await deps.db.$count(persons, eq(persons.workspaceId, workspace.workspaceId));
      const told = await admin.post("/notifications/explain", body);
      expect(told.status).toBe(200);
      expect(await deps.db.$count(persons, eq(persons.workspaceId, workspace.workspaceId))).toBe(
        before,
      );
      const made = await admin.post("/notifications", body);
      const shown = made.body.deliveries.map(
        ({ messageId: _, ...one }: Record<string, unknown>) => one,
      );
      const byChannel = (a: { channel: string }, b: { channel: string }) =>
        a.channel.localeCompare(b.channel);
      expect(told.body.deliveries.sort(byChannel)).toEqual(shown.sort(byChannel));
      deps.clock.advance(600_000);
    }
  });

  test("explain answers for another moment", async () => {
    const night = { days: ["fri", "sat"], start: "22:00", end: "07:00" } as const;
    await prefer(
      deps,
      { workspaceId: workspace.workspaceId, personId: person.personId },
      { quietHours: [night], criticalPasses: false },
    );
    const at = "2026-11-21T01:00:00Z";
    const told = await admin.post("/notifications/explain", anomaly({ channels: ["sms"], at }));
    expect(told.body.deliveries).toEqual([
      {
        channel: "sms",
        insteadOf: null,
        status: "held",
        reason: "quiet_hours",
        releaseAt: "2026-11-21T06:00:00.000Z",
        sentence: "Quiet hours: kept until Nov 21, 2026, 7:00 AM",
      },
    ]);
  });

  test.each([
    ["an unknown type", { type: "security.nothing" }, "type"],
    ["no recipient", { recipient: undefined }, "recipient"],
    ["two recipients", { recipient: { userId: NOBODY, phone: "0612345678" } }, "recipient"],
    ["a severity there is none of", { severity: "fatal" }, "severity"],
    ["no title", { title: " " }, "title"],
    ["a title without end", { title: "x".repeat(201) }, "title"],
    [
      "a link that is none",
      { subject: { type: "a", id: "1", title: "A", url: "javascript:x" } },
      "subject.url",
    ],
    ["no channel", { channels: [] }, "channels"],
    ["a channel there is none of", { channels: ["fax"] }, "channels.0"],
    ["a moment that is past", { expiresAt: "2020-01-01T00:00:00Z" }, "expiresAt"],
    ["a field there is none of", { colour: "red" }, "colour"],
    ["data of more than 8 KB", { data: { x: "y".repeat(9000) } }, "data"],
    ["a contact nobody knows", { recipient: { contactId: NOBODY } }, "recipient"],
    ["a number that is none", { recipient: { phone: "12" } }, "recipient"],
  ])("refuses %s by name and stores nothing", async (_what, values, path) => {
    const { status, body } = await admin.post("/notifications", anomaly(values));
    expect(status).toBe(422);
    expect(body.errors[0].path).toBe(path);
    expect(await deps.db.$count(notifications, here())).toBe(0);
  });

  test("refuses 1 MB of data", async () => {
    const body = anomaly({ data: { x: "y".repeat(1_000_001) } });
    expect((await admin.post("/notifications", body)).status).toBe(413);
  });

  test("another workspace sees none of them", async () => {
    const made = await admin.post("/notifications", anomaly());
    const other = await createWorkspace(deps);
    const stranger = await createClient(deps, other.workspaceId);
    expect((await stranger.get(`/notifications/${made.body.id}`)).status).toBe(404);
    expect((await stranger.get("/notifications")).body.data).toEqual([]);
    expect((await stranger.post("/notifications", anomaly())).body.code).toBe(
      "recipient_not_found",
    );
  });

  test("R211 a user reads their own alone; a key that is nobody reads none", async () => {
    const user = await createUser(deps, workspace.workspaceId, "member");
    const mine = await admin.post("/notifications", anomaly({ recipient: { userId: user.id } }));
    const others = await admin.post("/notifications", anomaly());
    const cookie = await signIn(user.id);
    const listed = await call(cookie, "GET", "/notifications");
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toEqual([mine.body.id]);
    expect((await call(cookie, "GET", `/notifications/${others.body.id}`)).status).toBe(404);
    expect((await call(cookie, "POST", "/notifications", anomaly())).status).toBe(403);
    const agent = await createClient(deps, workspace.workspaceId, { role: "agent" });
    expect((await agent.get("/notifications")).body.data).toEqual([]);
    expect((await agent.get(`/notifications/${mine.body.id}`)).status).toBe(404);
  });
});

describe("/alerts", () => {
  test("R019 R020 an alert reaches its user on every channel that is theirs", async () => {
    const user = await createUser(deps, workspace.workspaceId, "agent");
    const alert = {
      userId: user.id,
      alertType: "suspicious_object",
      severity: "critical",
      title: "🚨 Objet suspect",
      message: "Couteau",
    };
    const made = await admin.post("/alerts", alert);
    expect(made.status).toBe(202);
    expect(made.body.deliveries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ channel: "web", status: "web" }),
        expect.objectContaining({ channel: "sms", reason: "no_address" }),
      ]),
    );
    const unknown = await admin.post("/alerts", { ...alert, userId: NOBODY });
    expect(unknown).toMatchObject({
      status: 422,
      body: { code: "recipient_not_found", errors: [{ path: "userId" }] },
    });
    expect((await admin.post("/alerts", { ...alert, alertType: "fire" })).status).toBe(422);
  });
});

describe("preferences", () => {
  test("R008 are the defaults until they are chosen; what is left out stays", async () => {
    const path = `/contacts/${person.personId}/preferences`;
    const before = await admin.get(path);
    expect(before.body).toMatchObject({
      enabledChannels: ["web", "email", "sms", "whatsapp"],
      minSeverity: { web: "low", whatsapp: "high", email: "high", sms: "critical" },
      maxPerHour: 5,
      aggregation: true,
      quietHours: [],
      mutedUntil: null,
    });
    const night = [{ days: ["mon"], start: "22:00", end: "07:00" }];
    const changed = await admin.put(path, {
      quietHours: night,
      maxPerHour: null,
      timeZone: "Indian/Reunion",
      mutedUntil: "2026-11-21T08:00:00+04:00",
    });
    expect(changed.body).toEqual({
      ...before.body,
      quietHours: night,
      maxPerHour: null,
      timeZone: "Indian/Reunion",
      mutedUntil: "2026-11-21T04:00:00.000Z",
    });
    expect((await admin.get(path)).body).toEqual(changed.body);
    const logged = await deps.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.targetId, person.personId));
    expect(logged).toMatchObject([{ action: "preferences.changed" }]);
  });

  test("what is chosen decides", async () => {
    const path = `/contacts/${person.personId}/preferences`;
    const explain = async () => {
      const body = anomaly({ channels: ["sms"] });
      return (await admin.post("/notifications/explain", body)).body.deliveries[0].reason;
    };
    expect(await explain()).toBe("sends");
    for (const [changes, reason] of [
      [{ enabledChannels: ["email"] }, "channel_off"],
      [{ categories: { security: ["sms"] } }, "category_off"],
      [{ types: ["security.anomaly"] }, "type_off"],
      [{ mutedUntil: "2026-11-21T00:00:00Z" }, "muted"],
    ] as const) {
      expect((await admin.put(path, changes)).status).toBe(200);
      expect(await explain()).toBe(reason);
    }
  });

  test("everybody changes their own, and nothing is written down about that", async () => {
    const user = await createUser(deps, workspace.workspaceId, "member");
    const cookie = await signIn(user.id);
    const changed = await call(cookie, "PUT", "/me/preferences", {
      locale: "en",
      aggregation: false,
    });
    expect(changed).toMatchObject({ status: 200, body: { locale: "en", aggregation: false } });
    expect((await admin.get(`/users/${user.id}/preferences`)).body).toEqual(changed.body);
    expect(await deps.db.$count(auditLog, eq(auditLog.targetId, user.personId))).toBe(0);
    expect((await call(cookie, "GET", `/users/${user.id}/preferences`)).status).toBe(403);
    expect((await admin.get("/me/preferences")).status).toBe(404);
  });

  test("R313 a WhatsApp number of one's own is a claim until the code that went there by SMS is given", async () => {
    const user = await createUser(deps, workspace.workspaceId, "member");
    const cookie = await signIn(user.id);
    const number = "+33199000561";
    const set = await call(cookie, "PUT", "/me/preferences", { whatsappNumber: number });
    expect(set).toMatchObject({
      status: 200,
      body: { whatsappNumber: null, claimedWhatsappNumber: number },
    });
    const wrong = await call(cookie, "POST", "/me/whatsapp-number", { code: "12345" });
    expect(wrong.status).toBe(422);
    const [sent] = await deps.db.select().from(messages).where(eq(messages.toAddress, number));
    expect(sent?.channel).toBe("sms");
    const text = openSealedText(deps, String(sent?.content?.sealed))?.text ?? "";
    const code = text.slice(0, 6);
    const other = code === "000000" ? "000001" : "000000";
    expect(await call(cookie, "POST", "/me/whatsapp-number", { code: other })).toMatchObject({
      status: 422,
      body: { code: "wrong_code" },
    });
    expect(await call(cookie, "POST", "/me/whatsapp-number", { code })).toMatchObject({
      status: 200,
      body: { whatsappNumber: number, claimedWhatsappNumber: null },
    });
    const { personId } = await createUser(deps, workspace.workspaceId, "member", "Bob");
    const word = { whatsappNumber: "+33199000562" };
    expect((await admin.put(`/contacts/${personId}/preferences`, word)).body).toMatchObject(word);
    expect(await deps.db.$count(auditLog, eq(auditLog.targetId, personId))).toBe(1);
    expect((await admin.post("/me/whatsapp-number", { code })).status).toBe(404);
    for (let nth = 0; nth < 2; nth += 1) {
      await call(cookie, "PUT", "/me/preferences", { whatsappNumber: "+33199000563" });
    }
    const again = { whatsappNumber: "+33199000563" };
    await call(cookie, "PUT", "/me/preferences", again);
    expect(await call(cookie, "PUT", "/me/preferences", again)).toMatchObject({
      status: 429,
      body: { code: "throttled" },
    });
  });

  test.each([
    [{ quietHours: [{ days: [], start: "22:00", end: "07:00" }] }, "quietHours.0.days"],
    [{ quietHours: [{ days: ["mon"], start: "25:00", end: "07:00" }] }, "quietHours.0.start"],
    [{ quietHours: [{ days: ["mon"], start: "07:00", end: "07:00" }] }, "quietHours.0.end"],
    [{ maxPerHour: 0 }, "maxPerHour"],
    [{ timeZone: "Mars" }, "timeZone"],
    [{ enabledChannels: ["sms", "sms"] }, "enabledChannels"],
    [{ types: ["nothing"] }, "types.0"],
  ])("names what is wrong and changes nothing: %j", async (changes, path) => {
    const url = `/contacts/${person.personId}/preferences`;
    const before = await admin.get(url);
    const answer = await admin.put(url, { ...changes, aggregation: false });
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].path).toBe(path);
    expect((await admin.get(url)).body).toEqual(before.body);
  });

  test("nobody of another workspace is seen", async () => {
    const other = await createWorkspace(deps);
    const stranger = await createClient(deps, other.workspaceId);
    const url = `/contacts/${person.personId}/preferences`;
    expect((await stranger.get(url)).status).toBe(404);
    expect((await stranger.put(url, { aggregation: false })).status).toBe(404);
  });
});
