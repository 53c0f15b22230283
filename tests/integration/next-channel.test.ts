import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import {
  addresses,
  consents,
  conversations,
  deliveries,
  messages,
  notifications,
  webhookDeliveries,
} from "../../db/schema";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { createClient, installRuntime } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { addMailSender } from "../support/mail-sender";
import { anAlert, digestsOf, explain, prefer, raise, writtenTo } from "../support/notifications";
import { createIntegration, createWorkspace, type TestWorkspace } from "../support/workspace";

/** Domain rules, gate 2: WhatsApp's window closed and no approved text, "else next channel". */
const HOUR = 3_600_000;
const NIGHT = {
  days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  start: "22:00",
  end: "07:00",
} as const;

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;
let of: { workspaceId: TestWorkspace["workspaceId"]; personId: string };
let whatsapp: { id: string };
let admin: Awaited<ReturnType<typeof createClient>>;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace, { name: "Awa" });
  of = { workspaceId: workspace.workspaceId, personId: person.personId };
  whatsapp = await createIntegration(deps, workspace, { type: "whatsapp", isDefault: true });
  admin = await createClient(deps, of.workspaceId);
  await prefer(deps, of);
});

const alert = (values: Parameters<typeof anAlert>[1] = {}) =>
  anAlert(person.personId, { channels: ["whatsapp"], ...values });

/** What is explained is what happens: `channel fate reason`, an arrow before what stands in. */
async function tell(values: Parameters<typeof anAlert>[1] = {}) {
  const explained = (await explain(deps, of.workspaceId, alert(values))).sort();
  const [raised] = await raise(deps, of.workspaceId, alert(values));
  if (!raised) throw new Error("nothing was raised");
  const happened = raised.deliveries.map(({ fate, reason }) => `${fate} ${reason}`);
  expect(happened.sort()).toEqual(explained);
  return { id: raised.notification.id, fates: raised.deliveries.map(fateOf).sort() };
}

type Fated = { channel: string; insteadOf: string | null; fate: string; reason: string };
const fateOf = ({ channel, insteadOf, fate, reason }: Fated) =>
  `${insteadOf ? `${insteadOf} → ` : ""}${channel} ${fate} ${reason}`;

async function fatesNow() {
  const rows = await deps.db
    .select({
      channel: deliveries.channel,
      insteadOf: deliveries.insteadOf,
      fate: deliveries.fate,
      reason: deliveries.reason,
    })
    .from(deliveries)
    .where(eq(deliveries.personId, of.personId));
  return rows.map(fateOf).sort();
}

const sentBy = async () =>
  (await writtenTo(deps, of)).map(({ channel, toAddress }) => `${channel} ${toAddress}`);

/** They have just written to us by WhatsApp. */
async function openWindow() {
  const { personId, address } = person;
  const lastInboundAt = deps.clock.now();
  return createConversation(deps, workspace, {
    ...{ integrationId: whatsapp.id, personId, address, lastInboundAt },
  });
}

async function addMail() {
  await addMailSender(deps, of.workspaceId);
  await deps.db.insert(addresses).values({
    ...of,
    id: deps.chance.uuid(),
    kind: "email",
    value: "awa@example.test",
    raw: "awa@example.test",
    createdAt: deps.clock.now(),
  });
}

const stopTexts = () =>
  deps.db.insert(consents).values({
    ...of,
    integrationId: workspace.integration.id,
    channel: "sms",
    address: person.address,
    state: "opted_out",
    source: "keyword",
    at: deps.clock.now(),
  });

const CLOSED = "whatsapp refused whatsapp_window_closed";
const BY_SMS = "whatsapp → sms queued instead_of_whatsapp";

describe("raised outside WhatsApp's 24 h", () => {
  test("goes by SMS to the same number, and its page, its history and its webhook say why", async () => {
    await admin.post("/webhook-endpoints", { url: "https://hooks.example.test/in" });
    const { id, fates } = await tell();
    expect(fates).toEqual([CLOSED, BY_SMS]);
    expect(await sentBy()).toEqual([`sms ${person.address}`]);
    const { body } = await admin.get(`/notifications/${id}`);
    const sms = body.deliveries.find(({ channel }: { channel: string }) => channel === "sms");
    expect(sms).toMatchObject({
      insteadOf: "whatsapp",
      status: "queued",
      reason: "instead_of_whatsapp",
      sentence: "WhatsApp’s 24 hours are over and no approved text: sent by SMS instead",
    });
    expect(sms.decisions[0].passed).toHaveLength(9);
    const owed = await deps.db
      .select({ payload: webhookDeliveries.payload })
      .from(webhookDeliveries)
      .where(eq(webhookDeliveries.workspaceId, of.workspaceId));
    expect(JSON.stringify(owed)).toContain("instead_of_whatsapp");
    const [row] = await deps.db.select().from(notifications).where(eq(notifications.id, id));
    expect(row?.leftAt).toEqual(deps.clock.now());
  });

  test("a reader of French is told so too, and explained to what is not yet sent", async () => {
    const { body } = await admin.call("POST", "/notifications/explain", {
      headers: { "accept-language": "fr" },
      body: {
        recipient: { contactId: of.personId },
        type: "security.anomaly",
        title: "Anomalie",
        message: "Caméra 3",
        channels: ["whatsapp"],
      },
    });
    expect(body.deliveries[1].sentence).toBe(
      "Les 24\u00a0h de WhatsApp sont passées et aucun texte approuvé\u00a0: envoyé par SMS à la place",
    );
    expect(await sentBy()).toEqual([]);
  });

  test("not beside an SMS that was asked for, whatever the order and however often", async () => {
    const { fates } = await tell({ channels: ["whatsapp", "sms"] });
    expect(fates).toEqual(["sms queued sends", CLOSED]);
    expect((await tell({ channels: null, type: "test.other" })).fates).toHaveLength(4);
    expect(await sentBy()).toEqual(Array(2).fill(`sms ${person.address}`));
  });

  test("by e-mail where SMS is off, stopped or without a sender; by nothing where all are", async () => {
    await addMail();
    const byMail = [CLOSED, "whatsapp → email queued instead_of_whatsapp"];
    await prefer(deps, of, { enabledChannels: ["whatsapp", "email"] });
    expect((await tell({ type: "test.1" })).fates).toEqual(byMail);
    await prefer(deps, of);
    await stopTexts();
    expect((await tell({ type: "test.2" })).fates).toEqual(byMail);
    await prefer(deps, of, { enabledChannels: ["whatsapp", "sms"] });
    expect((await tell({ type: "test.3" })).fates).toEqual([CLOSED]);
    expect(await sentBy()).toEqual(Array(2).fill("email awa@example.test"));
  });

  test("who does not want it by WhatsApp is not written to by another channel", async () => {
    await prefer(deps, of, { enabledChannels: ["sms"] });
    expect((await tell()).fates).toEqual([CLOSED]);
    expect(await sentBy()).toEqual([]);
  });

  test("within them it is WhatsApp's alone", async () => {
    await openWindow();
    expect((await tell()).fates).toEqual(["whatsapp queued sends"]);
  });
});

describe("kept, and then let go", () => {
  test("what stands in keeps its quiet hours and says all along in whose place it is", async () => {
    await prefer(deps, of, { quietHours: [NIGHT] });
    deps.clock.advance(14 * HOUR);
    const { id, fates } = await tell();
    expect(fates).toEqual([CLOSED, "whatsapp → sms held quiet_hours"]);
    const { body } = await admin.get(`/notifications/${id}`);
    const sms = body.deliveries.find(({ channel }: { channel: string }) => channel === "sms");
    expect(sms.sentence).toMatch(/^In place of WhatsApp\. Quiet hours: kept until /);
    deps.clock.advance(8 * HOUR);
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    expect(await fatesNow()).toEqual([CLOSED, BY_SMS]);
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
    expect(await sentBy()).toEqual([`sms ${person.address}`]);
  });

  test("what WhatsApp would have carried when it was kept goes by SMS once its hours are over", async () => {
    await openWindow();
    await prefer(deps, of, { quietHours: [NIGHT] });
    deps.clock.advance(23 * HOUR - 1);
    await prefer(deps, of, { quietHours: [{ ...NIGHT, start: "00:00", end: "23:59" }] });
    expect((await tell({ type: "test.1" })).fates).toEqual(["whatsapp held quiet_hours"]);
    await tell({ type: "test.2", channels: ["whatsapp", "sms"] });
    deps.clock.advance(24 * HOUR);
    await releaseDeliveries(deps);
    await prefer(deps, of);
    deps.clock.advance(24 * HOUR);
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    expect(await fatesNow()).toEqual(["sms queued sends", BY_SMS, CLOSED, CLOSED].sort());
    const texts = await writtenTo(deps, of);
    expect(texts.map(({ channel, body }) => `${channel} ${body.slice(0, 15)}`)).toEqual([
      "sms 2 notifications",
    ]);
    const left = (await digestsOf(deps, of)).filter(({ leftAt }) => leftAt !== null);
    expect(left).toHaveLength(1);
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
  });
});

describe("refused by WhatsApp after it was decided", () => {
  const dispatch = () => dispatchAccount(deps, { accountId: workspace.account.id });
  const refuse = (code: string) => {
    deps.provider.answer = (request) =>
      request.channel === "whatsapp"
        ? { kind: "rejected", fault: "permanent", code, message: "Refused", httpStatus: 400 }
        : { kind: "accepted", providerId: deps.chance.uuid(), segments: 1 };
  };

  test("its 24 h ended before its turn came: it goes by SMS, once, and its trail goes on", async () => {
    await prefer(deps, of, { maxPerHour: 1, aggregation: false });
    await openWindow();
    const { id, fates } = await tell();
    expect(fates).toEqual(["whatsapp queued sends"]);
    deps.clock.advance(24 * HOUR);
    await dispatch();
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    expect(await fatesNow()).toEqual([CLOSED, BY_SMS]);
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
    await dispatch();
    expect(deps.provider.sent.map(({ channel }) => channel)).toEqual(["sms"]);
    const { body } = await admin.get(`/notifications/${id}`);
    const [refused] = body.deliveries.filter(({ channel }: Fated) => channel === "whatsapp");
    expect(refused.decisions.map(({ status }: { status: string }) => status)).toEqual([
      "queued",
      "refused",
    ]);
    expect(refused.messages).toMatchObject([{ status: "failed", errorCode: "63016" }]);
  });

  test("by the provider, while we thought it open: not a second time by WhatsApp", async () => {
    await openWindow();
    refuse("63016");
    await tell();
    await dispatch();
    await releaseDeliveries(deps);
    await dispatch();
    expect(await fatesNow()).toEqual([CLOSED, BY_SMS]);
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
    expect(deps.provider.sent.map(({ channel }) => channel)).toEqual(["whatsapp", "sms"]);
  });

  test("a summary of several goes as one text, and counts once in the hour", async () => {
    await openWindow();
    await prefer(deps, of, { quietHours: [{ ...NIGHT, start: "00:00", end: "13:00" }] });
    await tell({ type: "test.1" });
    await tell({ type: "test.2" });
    deps.clock.advance(6 * HOUR);
    refuse("63016");
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    await dispatch();
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    await dispatch();
    expect(deps.provider.sent.map(({ channel }) => channel)).toEqual(["whatsapp", "sms"]);
    expect(await fatesNow()).toEqual([CLOSED, CLOSED, BY_SMS, BY_SMS]);
    const left = (await digestsOf(deps, of)).filter(({ leftAt }) => leftAt !== null);
    expect(left).toHaveLength(1);
  });

  test("a summary that did not arrive takes no place in the hour from itself, nor from what comes after", async () => {
    await openWindow();
    await addMail();
    await prefer(deps, of, {
      quietHours: [{ ...NIGHT, start: "00:00", end: "13:00" }],
      maxPerHour: 1,
    });
    await tell({ type: "test.1" });
    await tell({ type: "test.2" });
    deps.clock.advance(6 * HOUR);
    refuse("63016");
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    await dispatch();
    deps.clock.advance(1000);
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    expect(await fatesNow()).toEqual([CLOSED, CLOSED, BY_SMS, BY_SMS]);
    const left = (await digestsOf(deps, of)).filter(({ leftAt }) => leftAt !== null);
    expect(left.map(({ leftAt }) => leftAt)).toEqual([deps.clock.now()]);
    expect(await explain(deps, of.workspaceId, alert({ channels: ["email"] }))).toEqual([
      expect.stringMatching(/^(bundled|held) /),
    ]);
  });

  test.each([
    ["one", ["test.1"]],
    ["a summary", ["test.1", "test.2"]],
  ])("%s that nothing stands in for leaves its place in the hour to the next", async (_, types) => {
    await openWindow();
    await addMail();
    await stopTexts();
    const isSummary = types.length > 1;
    const quietHours = isSummary ? [{ ...NIGHT, start: "00:00", end: "13:00" }] : [];
    await prefer(deps, of, { quietHours, maxPerHour: 1, enabledChannels: ["whatsapp", "sms"] });
    for (const type of types) await tell({ type });
    if (isSummary) deps.clock.advance(6 * HOUR);
    refuse("63016");
    await releaseDeliveries(deps);
    await dispatch();
    await releaseDeliveries(deps);
    expect(await fatesNow()).toEqual(types.map(() => CLOSED));
    await prefer(deps, of, { maxPerHour: 1 });
    const next = await tell({ channels: ["email"], type: "test.3" });
    expect(next.fates).toEqual(["email queued sends"]);
  });

  test("what arrived by another channel keeps its one place, whatever becomes of WhatsApp", async () => {
    await openWindow();
    await addMail();
    await stopTexts();
    await prefer(deps, of, { maxPerHour: 1, aggregation: false });
    refuse("63016");
    await tell({ channels: ["whatsapp", "email"], type: "test.1" });
    await dispatch();
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
    expect(await explain(deps, of.workspaceId, alert({ channels: ["email"] }))).toEqual([
      expect.stringMatching(/^held /),
    ]);
  });

  test("nothing stands in where an SMS was asked for too, for another fault, or for old news", async () => {
    await openWindow();
    refuse("63016");
    await tell({ channels: ["whatsapp", "sms"] });
    await dispatch();
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
    refuse("63024");
    await tell({ type: "test.1" });
    await dispatch();
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
    refuse("63016");
    await tell({ type: "test.2" });
    await dispatch();
    deps.clock.advance(HOUR);
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
    expect((await sentBy()).filter((one) => one.startsWith("sms"))).toHaveLength(1);
  });
});

describe("resent", () => {
  const states = async (id: string) => {
    const answer = await admin.post(`/notifications/${id}/resend`, {});
    return answer.status === 202
      ? answer.body.deliveries.map((one: Fated & { status: string }) =>
          fateOf({ ...one, fate: one.status }),
        )
      : answer.body.code;
  };
  const fail = (messageId: string) =>
    deps.db.update(messages).set({ status: "failed" }).where(eq(messages.id, messageId));

  test("nothing is, while what stands in is under way or has arrived", async () => {
    const { id } = await tell();
    expect(await states(id)).toBe("nothing_to_resend");
    await dispatchAccount(deps, { accountId: workspace.account.id });
    await openWindow();
    expect(await states(id)).toBe("nothing_to_resend");
    expect(await sentBy()).toHaveLength(1);
  });

  test("one of both is, once that has failed: WhatsApp where it is open again", async () => {
    const { id } = await tell();
    const [first] = await writtenTo(deps, of);
    await fail(first?.id ?? "");
    expect(await states(id)).toEqual([BY_SMS, CLOSED]);
    expect(await sentBy()).toHaveLength(2);
    const [, second] = await writtenTo(deps, of);
    await fail(second?.id ?? "");
    const { id: conversationId } = await openWindow();
    expect(await states(id)).toEqual(["whatsapp queued sends"]);
    expect((await sentBy()).map((one) => one.split(" ")[0]).sort()).toEqual([
      "sms",
      "sms",
      "whatsapp",
    ]);
    const [conversation] = await deps.db
      .select()
      .from(conversations)
      .where(eq(conversations.id, conversationId));
    expect(conversation?.lastSeq).toBe(1);
  });

  test("what nothing could stand in for goes by SMS once it may", async () => {
    await stopTexts();
    const { id, fates } = await tell();
    expect(fates).toEqual([CLOSED]);
    await deps.db.insert(consents).values({
      ...of,
      integrationId: workspace.integration.id,
      channel: "sms",
      address: person.address,
      state: "opted_in",
      source: "keyword",
      at: deps.clock.now(),
    });
    expect((await states(id)).sort()).toEqual([CLOSED, BY_SMS]);
    expect(await sentBy()).toEqual([`sms ${person.address}`]);
  });
});
