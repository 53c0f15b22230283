import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { findHeldBox } from "../../db/queries/held";
import { consents, deliveries, preferences } from "../../db/schema";
import { muteHeldType } from "../../lib/notifications/mute-held-type";
import { readHeld } from "../../lib/notifications/read-held";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { sendHeld } from "../../lib/notifications/send-held";
import { AUTH_SECRET, callApi, createClient, installRuntime, read } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { anAlert, explain, fatesOf, prefer, raise, writtenTo } from "../support/notifications";
import { mintSessionCookie } from "../support/session";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

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

beforeEach(async () => {
  deps = testDeps(database);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace);
  of = { workspaceId: workspace.workspaceId, personId: person.personId };
  await prefer(deps, of, { quietHours: [NIGHT] });
  // The night of the person has begun.
  deps.clock.advance(14 * HOUR);
});

async function hold(values: Parameters<typeof anAlert>[1] = {}) {
  const [raised] = await raise(deps, of.workspaceId, anAlert(of.personId, values));
  if (!raised) throw new Error("one is raised");
  return { ...of, notificationId: raised.notification.id };
}

const box = () => findHeldBox(deps.db, { ...of, limit: 10 });

describe("the held box", () => {
  it("R012 lists what is kept with when and why, and lets it go on demand, once", async () => {
    const first = await hold({ title: "First" });
    await hold({ title: "Second", type: "security.tampering" });
    expect(await box()).toMatchObject({
      total: 2,
      notifications: [{ title: "First" }, { title: "Second" }],
    });
    const [sent, again] = await Promise.all([sendHeld(deps, first), sendHeld(deps, first)]);
    for (const found of [sent, again]) {
      expect(found?.deliveries).toMatchObject([{ fate: "queued", reason: "sends" }]);
    }
    expect((await writtenTo(deps, of)).map(({ body }) => body)).toEqual(["First\nCamera 3"]);
    expect(await box()).toMatchObject({ total: 1, notifications: [{ title: "Second" }] });
    deps.clock.advance(9 * HOUR);
    await releaseDeliveries(deps);
    const written = await writtenTo(deps, of);
    expect(written.map(({ body }) => body)).toEqual(["First\nCamera 3", "Second\nCamera 3"]);
    expect(await box()).toEqual({ total: 0, nextReleaseAt: null, notifications: [] });
  });

  it("R011 sending now obeys the cap: it says when its place comes, and leaves then, also at night", async () => {
    await prefer(deps, of, { quietHours: [NIGHT], maxPerHour: 1 });
    const one = await hold({ title: "One" });
    const two = await hold({ title: "Two", type: "security.tampering" });
    await sendHeld(deps, one);
    const found = await sendHeld(deps, two);
    expect(found?.deliveries).toMatchObject([
      {
        fate: "bundled",
        reason: "over_cap",
        releaseAt: new Date(deps.clock.now().getTime() + HOUR),
      },
    ]);
    expect(await writtenTo(deps, of)).toHaveLength(1);
    deps.clock.advance(HOUR);
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    expect((await writtenTo(deps, of)).map(({ body }) => body)).toEqual([
      "One\nCamera 3",
      "Two\nCamera 3",
    ]);
  });

  it("sending now never passes an opt-out or a channel that is off", async () => {
    const held = await hold();
    const other = await hold({ type: "security.tampering" });
    await prefer(deps, of, { quietHours: [NIGHT], enabledChannels: ["web"] });
    expect((await sendHeld(deps, other))?.deliveries).toMatchObject([
      { fate: "refused", reason: "channel_off" },
    ]);
    await prefer(deps, of, { quietHours: [NIGHT] });
    await deps.db.insert(consents).values({
      ...of,
      integrationId: workspace.integration.id,
      channel: "sms",
      address: person.address,
      state: "opted_out",
      source: "keyword",
      at: deps.clock.now(),
    });
    expect((await sendHeld(deps, held))?.deliveries).toMatchObject([
      { fate: "refused", reason: "opted_out" },
    ]);
    expect(await writtenTo(deps, of)).toEqual([]);
  });

  it("what is read before it is sent is not sent any more, and its fate says so", async () => {
    const held = await hold();
    expect((await readHeld(deps, held))?.readAt).toEqual(deps.clock.now());
    expect(await fatesOf(deps, of)).toEqual(["expired read_before_release"]);
    const [row] = await deps.db
      .select()
      .from(deliveries)
      .where(eq(deliveries.personId, of.personId));
    expect(row?.decisions.map(({ reason }) => reason)).toEqual([
      "quiet_hours",
      "read_before_release",
    ]);
    deps.clock.advance(9 * HOUR);
    await releaseDeliveries(deps);
    expect(await writtenTo(deps, of)).toEqual([]);
  });

  it("mutes one type for an hour, and no other", async () => {
    await prefer(deps, of);
    const held = await hold();
    const muted = await muteHeldType(deps, { ...held, span: "hour" });
    expect(muted?.type).toBe("security.anomaly");
    const again = anAlert(of.personId);
    expect(await explain(deps, of.workspaceId, again)).toEqual(["refused type_muted"]);
    const other = anAlert(of.personId, { type: "security.tampering" });
    expect(await explain(deps, of.workspaceId, other)).toEqual(["queued sends"]);
    deps.clock.advance(HOUR);
    expect(await explain(deps, of.workspaceId, again)).toEqual(["queued sends"]);
  });

  it("R402 another person's and another workspace's notification is nobody's here", async () => {
    const held = await hold();
    const elsewhere = await createWorkspace(deps);
    const other = await createConversation(deps, workspace);
    for (const stranger of [
      { ...held, personId: other.personId },
      { ...held, workspaceId: elsewhere.workspaceId },
    ]) {
      expect(await sendHeld(deps, stranger)).toBeNull();
      expect(await readHeld(deps, { ...stranger, personId: other.personId })).toBeNull();
      expect(
        await muteHeldType(deps, { ...stranger, personId: other.personId, span: "day" }),
      ).toBeNull();
    }
    expect(await fatesOf(deps, of)).toEqual(["held quiet_hours"]);
  });
});

describe("/me/held", () => {
  it("is one's own: listed, sent, read and muted; a key has none", async () => {
    installRuntime(deps);
    const user = await createUser(deps, of.workspaceId, "member");
    const own = { workspaceId: of.workspaceId, personId: user.personId };
    await prefer(deps, own, { quietHours: [NIGHT] });
    const alert = { recipient: { userId: user.id }, channels: ["web" as const] };
    const [raised] = await raise(deps, of.workspaceId, anAlert(user.personId, alert));
    const id = raised?.notification.id;
    const { appUrl } = deps.settings;
    const minted = await mintSessionCookie(deps, {
      userId: user.id,
      authSecret: AUTH_SECRET,
      appUrl,
    });
    const cookie = `${minted.name}=${minted.value}`;
    const call = async (method: string, path: string, body?: object) =>
      read(
        await callApi(path, {
          method,
          headers: { cookie, origin: appUrl, "content-type": "application/json" },
          ...(body && { body: JSON.stringify(body) }),
        }),
      );
    expect((await call("GET", "/me/held")).body).toMatchObject({
      total: 1,
      data: [{ id, deliveries: [{ channel: "web", status: "held", reason: "quiet_hours" }] }],
    });
    const muted = await call("POST", `/me/held/${id}/mute`, { for: "day" });
    expect(muted.body).toMatchObject({ type: "security.anomaly" });
    expect((await call("POST", `/me/held/${id}/send`)).body.deliveries).toMatchObject([
      { status: "refused", reason: "type_muted" },
    ]);
    expect((await call("POST", `/me/held/${id}/read`)).status).toBe(200);
    const [row] = await deps.db
      .select()
      .from(preferences)
      .where(eq(preferences.personId, user.personId));
    expect(Object.keys(row?.choices?.mutedTypes ?? {})).toEqual(["security.anomaly"]);
    const key = await createClient(deps, of.workspaceId);
    expect((await key.get("/me/held")).status).toBe(404);
    expect((await key.post(`/me/held/${id}/send`, {})).status).toBe(404);
    const stranger = await createUser(deps, of.workspaceId, "owner");
    const theirs = await mintSessionCookie(deps, {
      userId: stranger.id,
      authSecret: AUTH_SECRET,
      appUrl,
    });
    const answer = await callApi(`/me/held/${id}/read`, {
      method: "POST",
      headers: { cookie: `${theirs.name}=${theirs.value}`, origin: appUrl },
    });
    expect(answer.status).toBe(404);
  });
});
