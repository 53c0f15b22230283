import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { auditLog, messages, notifications } from "../../db/schema";
import type { NewNotification } from "../../lib/notifications/raise-notifications";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { AUTH_SECRET, callApi, createClient, installRuntime, read } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { anAlert, prefer, raise, writtenTo } from "../support/notifications";
import { mintSessionCookie } from "../support/session";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;
let admin: Awaited<ReturnType<typeof createClient>>;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace, { name: "Awa Diop" });
  admin = await createClient(deps, workspace.workspaceId);
  await prefer(deps, of(person), { aggregation: false, maxPerHour: null });
});

const of = ({ personId }: { personId: string }) => ({
  workspaceId: workspace.workspaceId,
  personId,
});
const tell = async (values: Parameters<typeof anAlert>[1] = {}, personId = person.personId) => {
  const [raised] = await raise(deps, workspace.workspaceId, anAlert(personId, values));
  if (!raised) throw new Error("nothing was raised");
  return raised.notification.id;
};
const dispatch = () => dispatchAccount(deps, { accountId: workspace.account.id });
const refuse = () => {
  deps.provider.answer = () => ({
    kind: "rejected",
    fault: "permanent",
    code: "21617",
    message: "The body is too long",
    httpStatus: 400,
  });
};
const accept = () => {
  deps.provider.answer = (_request, n) => ({
    kind: "accepted",
    providerId: `SM${n.toString(16).padStart(32, "0")}`,
    segments: 1,
  });
};
const idsOf = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id);

/** A text that failed for a reason of its own: the number is good. */
async function failed(values: Partial<NewNotification> = {}) {
  refuse();
  const id = await tell(values);
  await dispatch();
  accept();
  return id;
}

async function signIn(role: "member" | "admin") {
  const user = await createUser(deps, workspace.workspaceId, role);
  const { appUrl } = deps.settings;
  const minted = await mintSessionCookie(deps, {
    userId: user.id,
    authSecret: AUTH_SECRET,
    appUrl,
  });
  const headers = {
    cookie: `${minted.name}=${minted.value}`,
    origin: appUrl,
    "content-type": "application/json",
  };
  const call = async (method: string, path: string, body?: object) =>
    read(await callApi(path, { method, headers, ...(body && { body: JSON.stringify(body) }) }));
  return { user, call };
}

describe("GET /notifications", () => {
  test("R314 filters by channel, by how far it is, by person, by words and by time", async () => {
    const other = await createConversation(deps, workspace, { name: "Bob" });
    const bad = await failed({ type: "security.anomaly" });
    const quiet = await tell({ channels: ["email"], words: { title: "Fuite", body: "Toit" } });
    deps.clock.advance(60_000);
    const late = deps.clock.now().toISOString();
    const bobs = await tell({ severity: "critical" }, other.personId);
    const list = async (query: string) => idsOf((await admin.get(`/notifications?${query}`)).body);
    expect(await list("")).toEqual([bobs, quiet, bad]);
    expect(await list("status=failed")).toEqual([bad]);
    expect(await list("status=refused")).toEqual([quiet]);
    expect(await list("status=queued&channel=sms")).toEqual([bobs]);
    expect(await list("status=failed&channel=email")).toEqual([]);
    expect(await list("channel=email")).toEqual([quiet]);
    expect(await list(`personId=${person.personId}`)).toEqual([quiet, bad]);
    expect(await list("q=bob")).toEqual([bobs]);
    expect(await list("q=fuite")).toEqual([quiet]);
    expect(await list("severity=critical")).toEqual([bobs]);
    expect(await list(`since=${late}`)).toEqual([bobs]);
    expect(await list(`until=${late}`)).toEqual([quiet, bad]);
    expect((await admin.get("/notifications?status=nonsense")).status).toBe(422);
  });

  test("R229 a member sees their own, whomever they ask for; an administrator may see only theirs", async () => {
    const member = await signIn("member");
    const boss = await signIn("admin");
    const theirs = await tell({ channels: ["web"], severity: "low" }, member.user.personId);
    const alien = await tell();
    const seen = await member.call("GET", "/notifications");
    expect(idsOf(seen.body)).toEqual([theirs]);
    const asked = await member.call("GET", `/notifications?personId=${person.personId}`);
    expect(idsOf(asked.body)).toEqual([]);
    expect((await member.call("GET", `/notifications/${alien}`)).status).toBe(404);
    expect(idsOf((await boss.call("GET", "/notifications")).body)).toEqual([alien, theirs]);
    expect(idsOf((await boss.call("GET", "/notifications?own=true")).body)).toEqual([]);
  });
});

describe("GET /notifications/{id}", () => {
  test("tells every gate, what the provider was asked and what it answered, without a secret", async () => {
    const id = await failed();
    const { body } = await admin.get(`/notifications/${id}`);
    const [delivery] = body.deliveries;
    expect(delivery.decisions).toHaveLength(1);
    expect(delivery.decisions[0]).toMatchObject({ status: "queued", gate: null, isResent: false });
    expect(delivery.decisions[0].passed.map(({ gate }: { gate: string }) => gate)).toEqual([
      "address",
      "sender",
      "consent",
      "choice",
      "severity",
      "quiet_hours",
      "working_hours",
      "cap",
      "aggregation",
    ]);
    const [trail] = delivery.messages;
    expect(trail.request).toMatchObject({
      provider: "twilio",
      from: workspace.integration.sender,
      to: person.address,
      credentials: "••••••",
      characters: trail.request.body.length,
    });
    expect(trail.attempts).toMatchObject([
      { number: 1, outcome: "rejected", httpStatus: 400, errorCode: "21617", providerId: null },
    ]);
    expect(trail.events.map(({ event }: { event: string }) => event)).toContain("failed");
    const text = JSON.stringify(body);
    expect(text).not.toContain(workspace.account.token);
    expect(text).not.toContain(workspace.account.sid);
  });

  test("a refusal names its gate, in the language asked for", async () => {
    await prefer(deps, of(person), { enabledChannels: ["email"] });
    const id = await tell({ channels: ["sms"] });
    const { body } = await admin.call("GET", `/notifications/${id}`, {
      headers: { "accept-language": "fr" },
    });
    expect(body.deliveries[0].decisions[0]).toMatchObject({
      status: "refused",
      gate: "choice",
      sentence: "SMS est désactivé dans les préférences",
    });
    expect(body.deliveries[0].messages).toEqual([]);
  });
});

describe("POST /notifications/{id}/resend", () => {
  test("a failed one is truly sent again, once, however often it is clicked", async () => {
    const id = await failed();
    const before = deps.provider.sent.length;
    const clicks = await Promise.all(
      [1, 2, 3].map(() => admin.post(`/notifications/${id}/resend`, {})),
    );
    expect(clicks.map(({ status }) => status).toSorted()).toEqual([202, 409, 409]);
    await dispatch();
    expect(deps.provider.sent.length - before).toBe(1);
    expect(await writtenTo(deps, of(person))).toHaveLength(2);
    const { body } = await admin.get(`/notifications/${id}`);
    const [delivery] = body.deliveries;
    expect(delivery.decisions.map(({ isResent }: { isResent: boolean }) => isResent)).toEqual([
      false,
      true,
    ]);
    expect(delivery.messages.map(({ status }: { status: string }) => status)).toEqual([
      "failed",
      "accepted",
    ]);
    const [entry] = await deps.db.select().from(auditLog).where(eq(auditLog.targetId, id));
    expect(entry).toMatchObject({ action: "notification.resent", targetType: "notification" });
  });

  test("the message that failed before it is not tried again besides, the new one is", async () => {
    const id = await failed();
    const [first] = await writtenTo(deps, of(person));
    accept();
    await Promise.all([
      admin.post(`/notifications/${id}/resend`, {}),
      admin.post(`/messages/${first?.id}/retry`, undefined),
    ]);
    await dispatch();
    const sent = await writtenTo(deps, of(person));
    expect(sent.filter(({ status }) => status === "accepted")).toHaveLength(1);

    const other = await failed({ words: { title: "Second", body: "Camera 4" } });
    const [lost] = (await writtenTo(deps, of(person))).slice(-1);
    refuse();
    await admin.post(`/notifications/${other}/resend`, {});
    await dispatch();
    const refused = await admin.post(`/messages/${lost?.id}/retry`, undefined);
    expect(refused).toMatchObject({ status: 409, body: { code: "already_resent" } });
    const [newest] = (await writtenTo(deps, of(person))).slice(-1);
    expect(newest).toMatchObject({ status: "failed" });
    accept();
    expect((await admin.post(`/messages/${newest?.id}/retry`, undefined)).status).toBe(202);
    await dispatch();
    const both = await writtenTo(deps, of(person));
    expect(both.filter(({ status }) => status === "accepted")).toHaveLength(2);
  });

  test("a summary of which a part has been sent again is not tried again", async () => {
    const night = { days: ["fri"], start: "08:00", end: "12:00" } as const;
    await prefer(deps, of(person), { quietHours: [night] });
    const one = await tell({ words: { title: "One", body: "Gate" } });
    await tell({ words: { title: "Two", body: "Gate" } });
    deps.clock.advance(3 * 3_600_000);
    refuse();
    await releaseDeliveries(deps);
    await dispatch();
    const [summary] = await writtenTo(deps, of(person));
    expect(summary).toMatchObject({ status: "failed", notificationId: null });
    accept();
    expect((await admin.post(`/notifications/${one}/resend`, {})).status).toBe(202);
    const again = await admin.post(`/messages/${summary?.id}/retry`, undefined);
    expect(again).toMatchObject({ status: 409, body: { code: "already_resent" } });
  });

  test("a repeated key gets the first answer, and sends nothing more", async () => {
    const id = await failed();
    const key = { "idempotency-key": "again-1" };
    const first = await admin.post(`/notifications/${id}/resend`, {}, key);
    const second = await admin.post(`/notifications/${id}/resend`, {}, key);
    expect(second).toMatchObject({ status: 202, body: first.body });
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    expect(await writtenTo(deps, of(person))).toHaveLength(2);
  });

  test("what was refused leaves once nothing stands in its way, and is refused again until then", async () => {
    await prefer(deps, of(person), { enabledChannels: ["email"] });
    const id = await tell({ channels: ["sms"] });
    const still = await admin.post(`/notifications/${id}/resend`, {});
    expect(still.body.deliveries).toMatchObject([{ status: "refused", reason: "channel_off" }]);
    await prefer(deps, of(person));
    const now = await admin.post(`/notifications/${id}/resend`, {});
    expect(now.body.deliveries).toMatchObject([{ status: "queued", reason: "sends" }]);
    await dispatch();
    expect(deps.provider.sent).toHaveLength(1);
  });

  test("an expired one leaves, and lives on; its hours still hold it", async () => {
    const expiresAt = new Date(deps.clock.now().getTime() + 60_000);
    const night = { days: ["fri"], start: "08:00", end: "12:00" } as const;
    await prefer(deps, of(person), { quietHours: [night] });
    const id = await tell({ expiresAt });
    deps.clock.advance(3 * 3_600_000);
    await releaseDeliveries(deps);
    expect((await admin.get("/notifications?status=expired")).body.data).toHaveLength(1);
    const again = await admin.post(`/notifications/${id}/resend`, {});
    expect(again.body.deliveries).toMatchObject([{ channel: "sms", status: "queued" }]);
    await dispatch();
    expect(deps.provider.sent).toHaveLength(1);
    const [row] = await deps.db.select().from(notifications).where(eq(notifications.id, id));
    expect(row?.expiresAt).toBeNull();
  });

  test("another channel can be named, and what arrived is left alone", async () => {
    const id = await failed({ channels: ["sms"] });
    const mail = await admin.post(`/notifications/${id}/resend`, { channels: ["email"] });
    expect(mail.body.deliveries).toMatchObject([
      { channel: "email", status: "refused", reason: "no_address" },
    ]);
    expect((await admin.get(`/notifications/${id}`)).body.deliveries).toHaveLength(2);
    const fine = await tell();
    await dispatch();
    const sms = await admin.post(`/notifications/${fine}/resend`, { channels: ["sms"] });
    expect(sms).toMatchObject({ status: 409, body: { code: "nothing_to_resend" } });
  });

  test("its own failed try takes no place in the hour from it, another's does", async () => {
    await prefer(deps, of(person), { maxPerHour: 1 });
    const first = await failed();
    const alone = await admin.post(`/notifications/${first}/resend`, {});
    expect(alone.body.deliveries).toMatchObject([{ status: "queued" }]);
    await prefer(deps, of(person), { enabledChannels: ["email"], maxPerHour: 1 });
    const second = await tell({ channels: ["sms"] });
    await prefer(deps, of(person), { maxPerHour: 1 });
    const full = await admin.post(`/notifications/${second}/resend`, {});
    expect(full.body.deliveries).toMatchObject([{ status: "bundled", reason: "over_cap" }]);
    deps.clock.advance(3_600_001);
    await releaseDeliveries(deps);
    await dispatch();
    expect(deps.provider.sent.at(-1)?.body).toContain("Camera 3");
    expect(deps.provider.sent).toHaveLength(3);
  });

  test("R229 a member may not, and another workspace's is not there", async () => {
    const id = await failed();
    const member = await signIn("member");
    expect((await member.call("POST", `/notifications/${id}/resend`, {})).status).toBe(403);
    const stranger = await createClient(deps, (await createWorkspace(deps)).workspaceId);
    expect((await stranger.post(`/notifications/${id}/resend`, {})).status).toBe(404);
    expect(await deps.db.$count(messages, eq(messages.workspaceId, workspace.workspaceId))).toBe(1);
  });
});

describe("GET /notifications/stats", () => {
  test("R212 a person's own figures; without any there is no rate", async () => {
    const member = await signIn("member");
    const none = await member.call("GET", "/notifications/stats");
    expect(none.body).toMatchObject({ totals: { total: 0, successRate: null }, byChannel: [] });
    await tell({ channels: ["web", "sms"], severity: "low" }, member.user.personId);
    await failed();
    const own = await member.call("GET", "/notifications/stats");
    expect(own.body.totals).toMatchObject({ total: 2, shown: 1, notSent: 1, successRate: null });
    const all = await admin.get("/notifications/stats");
    expect(all.body.totals).toMatchObject({ total: 3, failed: 1, successRate: 0 });
    expect(all.body.byChannel.map(({ key }: { key: string }) => key)).toEqual(["sms", "web"]);
    expect(all.body.byStatus).toEqual([
      { status: "failed", count: 1 },
      { status: "web", count: 1 },
      { status: "refused", count: 1 },
    ]);
    deps.clock.advance(31 * 86_400_000);
    expect((await admin.get("/notifications/stats")).body.totals.total).toBe(0);
  });
});
