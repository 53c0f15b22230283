import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import {
  addresses,
  consents,
  conversations,
  deliveries,
  notifications,
  persons,
  workspaces,
} from "../../db/schema";
import { raiseNotifications } from "../../lib/notifications/raise-notifications";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { addMailSender } from "../support/mail-sender";
import {
  anAlert,
  digestsOf,
  explain,
  fatesOf,
  prefer,
  raise,
  writtenTo,
} from "../support/notifications";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
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
  await prefer(deps, of);
});

const alert = (values = {}) => anAlert(person.personId, values);
const raiseHere = (...alerts: ReturnType<typeof alert>[]) =>
  raise(deps, workspace.workspaceId, ...alerts);
/** A type of its own each, so that none is gathered with another. */
const ofTypes = (count: number, values = {}) =>
  Array.from({ length: count }, (_, nth) =>
    alert({ type: `test.${nth}`, title: `Alert ${nth}`, ...values }),
  );

async function optOut() {
  await deps.db.insert(consents).values({
    ...of,
    integrationId: workspace.integration.id,
    channel: "sms",
    address: person.address,
    state: "opted_out",
    source: "keyword",
    at: deps.clock.now(),
  });
}

describe("raiseNotifications", () => {
  it("R020 keeps a fate for each channel, and puts into the outbox what leaves", async () => {
    const [raised] = await raiseHere(alert({ channels: null, severity: "critical" }));
    expect(raised?.deliveries.map((one) => `${one.channel} ${one.fate} ${one.reason}`)).toEqual(
      expect.arrayContaining([
        "sms queued sends",
        "web refused no_address",
        "email refused no_address",
        "whatsapp refused no_sender",
      ]),
    );
    expect(await writtenTo(deps, of)).toMatchObject([
      {
        body: "Anomalie\nCamera 3",
        toAddress: person.address,
        status: "queued",
        lane: "normal",
        isCritical: true,
        notificationId: raised?.notification.id,
      },
    ]);
    expect(deps.bells).toHaveLength(1);
    expect(deps.changes).toMatchObject([{ kind: "conversation", conversationId: person.id }]);
  });

  it("tells a user by the bell, which asks for no sender and leaves nothing in the hour", async () => {
    const user = await createUser(deps, workspace.workspaceId, "agent");
    const recipient = { userId: user.id };
    const [raised] = await raiseHere(alert({ recipient, channels: ["web"] }));
    expect(raised?.deliveries).toMatchObject([{ fate: "web", reason: "sends", messageId: null }]);
    expect(raised?.notification.leftAt).toBeNull();
  });

  it("R012 keeps what comes in quiet hours, and sends one summary when they end", async () => {
    await prefer(deps, of, { quietHours: [NIGHT] });
    deps.clock.advance(14 * HOUR);
    expect(await explain(deps, of.workspaceId, alert())).toEqual(["held quiet_hours"]);
    await raiseHere(...ofTypes(2));
    deps.clock.advance(HOUR);
    await raiseHere(alert({ title: "The last" }));
    expect(await writtenTo(deps, of)).toEqual([]);
    deps.clock.advance(6 * HOUR - 1);
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
    deps.clock.advance(1);
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
    const [summary, ...more] = await writtenTo(deps, of);
    expect(more).toEqual([]);
    expect(summary?.body).toBe(
      `3 notifications :\n- Alert 0\n- Alert 1\n- The last\ncarillon.test/p/${"*".repeat(22)}`,
    );
    expect(await fatesOf(deps, of)).toEqual(Array(3).fill("queued sends"));
    const rows = await deps.db
      .select()
      .from(deliveries)
      .where(eq(deliveries.personId, of.personId));
    expect(new Set(rows.map(({ messageId }) => messageId))).toEqual(new Set([summary?.id]));
    expect(rows[0]?.decisions.map(({ fate }) => fate)).toEqual(["held", "queued"]);
  });

  it("one that was kept alone leaves in its own words", async () => {
    await prefer(deps, of, { quietHours: [NIGHT] });
    deps.clock.advance(14 * HOUR);
    const [raised] = await raiseHere(alert());
    deps.clock.advance(8 * HOUR);
    await releaseDeliveries(deps);
    expect(await writtenTo(deps, of)).toMatchObject([
      { body: "Anomalie\nCamera 3", notificationId: raised?.notification.id },
    ]);
  });

  it("R013 gathers what follows the first of its type, also where all come at once", async () => {
    await Promise.all(Array.from({ length: 8 }, () => raiseHere(alert())));
    const fates = await fatesOf(deps, of);
    expect(fates.filter((fate) => fate === "queued sends")).toHaveLength(1);
    expect(fates.filter((fate) => fate === "bundled aggregated")).toHaveLength(7);
    expect(await digestsOf(deps, of)).toHaveLength(1);
    expect(await writtenTo(deps, of)).toHaveLength(1);
    deps.clock.advance(5 * MINUTE);
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    const written = await writtenTo(deps, of);
    expect(written.map(({ body }) => body.split("\n")[0])).toEqual([
      "Anomalie",
      "7 notifications :",
    ]);
    await raiseHere(alert());
    expect(await writtenTo(deps, of)).toHaveLength(3);
  });

  it("R011 keeps the cap exactly, whoever raises at the same moment", async () => {
    await deps.db
      .update(workspaces)
      .set({ watchesFrequency: false })
      .where(eq(workspaces.id, workspace.workspaceId));
    const types = ofTypes(20);
    expect(await explain(deps, of.workspaceId, alert())).toEqual(["queued sends"]);
    await Promise.all(types.map((one) => raiseHere(one)));
    const fates = await fatesOf(deps, of);
    expect(fates.filter((fate) => fate === "queued sends")).toHaveLength(5);
    expect(fates.filter((fate) => fate === "bundled over_cap")).toHaveLength(15);
    expect(await explain(deps, of.workspaceId, alert())).toEqual(["bundled over_cap"]);
    deps.clock.advance(HOUR);
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    expect(await writtenTo(deps, of)).toHaveLength(6);
  });

  it("without aggregation lets what is over the cap leave one by one, as the hour frees up", async () => {
    await prefer(deps, of, { maxPerHour: 2, aggregation: false });
    await raiseHere(...ofTypes(5));
    expect(await fatesOf(deps, of)).toEqual([
      ...Array(2).fill("queued sends"),
      ...Array(3).fill("held over_cap"),
    ]);
    expect(await digestsOf(deps, of)).toEqual([]);
    for (const [released, all] of [
      [2, 4],
      [1, 5],
    ] as const) {
      deps.clock.advance(HOUR);
      expect(await releaseDeliveries(deps)).toEqual({ released });
      expect(await writtenTo(deps, of)).toHaveLength(all);
    }
  });

  it("a notification counts once in the hour, whatever its channels", async () => {
    const user = await createUser(deps, workspace.workspaceId, "agent");
    await addMailSender(deps, workspace.workspaceId);
    const now = deps.clock.now();
    await deps.db.insert(addresses).values({
      id: deps.chance.uuid(),
      workspaceId: workspace.workspaceId,
      personId: user.personId,
      kind: "phone",
      value: "+33600000099",
      raw: "+33600000099",
      createdAt: now,
    });
    await prefer(deps, { ...of, personId: user.personId }, { maxPerHour: 2 });
    const recipient = { userId: user.id };
    const channels = ["sms", "email", "web"] as const;
    await raiseHere(...ofTypes(3, { recipient, channels }));
    const fates = await fatesOf(deps, { ...of, personId: user.personId });
    expect(fates.filter((fate) => fate === "queued sends")).toHaveLength(4);
    expect(fates.filter((fate) => fate === "bundled over_cap")).toHaveLength(2);
    expect(fates.filter((fate) => fate === "web sends")).toHaveLength(3);
    const mails = await writtenTo(deps, { ...of, personId: user.personId });
    expect(mails.find(({ channel }) => channel === "email")).toMatchObject({
      subject: "Alert 0",
      body: "Camera 3",
      toAddress: user.email,
    });
  });

  it("never writes to who has opted out, neither at once nor when what was kept is let go", async () => {
    await prefer(deps, of, { quietHours: [NIGHT] });
    deps.clock.advance(14 * HOUR);
    await raiseHere(alert());
    await optOut();
    await raiseHere(alert({ sendsImmediately: true, severity: "critical", type: "test.other" }));
    deps.clock.advance(8 * HOUR);
    await releaseDeliveries(deps);
    expect(await fatesOf(deps, of)).toEqual(Array(2).fill("refused opted_out"));
    expect(await writtenTo(deps, of)).toEqual([]);
  });

  it("lets a critical one take what is gathered with it past the cap", async () => {
    await prefer(deps, of, { quietHours: [NIGHT], criticalPasses: false, maxPerHour: 1 });
    deps.clock.advance(14 * HOUR);
    await raiseHere(alert(), alert({ severity: "critical", title: "Fire", type: "test.fire" }));
    deps.clock.advance(8 * HOUR - MINUTE);
    await raiseHere(alert({ sendsImmediately: true, type: "test.now" }));
    expect(await writtenTo(deps, of)).toHaveLength(1);
    deps.clock.advance(MINUTE);
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    const [, summary] = await writtenTo(deps, of);
    expect(summary).toMatchObject({ isCritical: true, body: expect.stringContaining("- Fire") });
  });

  it("what waits on after its digest was let go joins the next one", async () => {
    await prefer(deps, of, { quietHours: [NIGHT], maxPerHour: 1 });
    deps.clock.advance(14 * HOUR);
    await raiseHere(...ofTypes(2));
    deps.clock.advance(8 * HOUR - MINUTE);
    await raiseHere(alert({ sendsImmediately: true, type: "test.now" }));
    deps.clock.advance(MINUTE);
    expect(await releaseDeliveries(deps)).toEqual({ released: 0 });
    expect((await fatesOf(deps, of)).slice(0, 2)).toEqual(Array(2).fill("bundled over_cap"));
    const before = await digestsOf(deps, of);
    expect(before.map(({ key, leftAt }) => [key, leftAt]).sort()).toEqual([
      ["cap", null],
      ["hours", null],
    ]);
    deps.clock.advance(HOUR);
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    expect(await writtenTo(deps, of)).toHaveLength(2);
  });

  it("two instances that let go at the same moment send one summary", async () => {
    await prefer(deps, of, { quietHours: [NIGHT] });
    deps.clock.advance(14 * HOUR);
    await raiseHere(...ofTypes(4));
    deps.clock.advance(8 * HOUR);
    const runs = await Promise.all([1, 2, 3].map(() => releaseDeliveries(deps)));
    expect(runs.reduce((sum, { released }) => sum + released, 0)).toBe(1);
    expect(await writtenTo(deps, of)).toHaveLength(1);
  });

  it("a person whose release fails keeps nobody else's, and leaves once it can", async () => {
    const others = [await createConversation(deps, workspace)];
    others.push(await createConversation(deps, workspace));
    // Looked at in the order of their ids: the first fails before the others' turn.
    const all = [person, ...others].sort((a, b) => (a.personId < b.personId ? -1 : 1));
    const [failing, ...fine] = all;
    if (!failing) throw new Error("there are three");
    const { workspaceId } = workspace;
    for (const { personId } of all) {
      await prefer(deps, { workspaceId, personId }, { quietHours: [NIGHT] });
    }
    deps.clock.advance(14 * HOUR);
    const personIds = all.map(({ personId }) => personId);
    await raiseHere(...personIds.map((id) => anAlert(id, { title: "Porte" })));
    deps.clock.advance(8 * HOUR);
    await deps.db.execute(
      sql.raw(`
      create function refuse_message() returns trigger language plpgsql as $$
      begin raise exception 'no room for this one'; end $$;
      create trigger refuse before insert on messages for each row
      when (new.to_address = '${failing.address}') execute function refuse_message()`),
    );
    expect(await releaseDeliveries(deps)).toEqual({ released: 2 });
    const sentTo = async (who: readonly TestConversation[]) => {
      const written = await Promise.all(
        who.map(({ personId }) => writtenTo(deps, { workspaceId, personId })),
      );
      return written.flat().length;
    };
    expect([await sentTo(fine), await sentTo([failing])]).toEqual([2, 0]);
    expect(await fatesOf(deps, { workspaceId, personId: failing.personId })).toEqual([
      "held quiet_hours",
    ]);
    expect(deps.lines.filter(({ level }) => level === "error")).toMatchObject([
      { fields: { personId: failing.personId, error: expect.stringContaining("Failed query") } },
    ]);
    await deps.db.execute(
      sql.raw("drop trigger refuse on messages; drop function refuse_message()"),
    );
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    expect(await sentTo([failing])).toBe(1);
  });

  it("what is of no use a quarter of an hour later expires instead of coming late", async () => {
    const { workspaceId } = of;
    const days = ["mon"] as const;
    await deps.db
      .update(workspaces)
      .set({ workingHours: [{ days: [...days], start: "09:00", end: "12:00" }] })
      .where(eq(workspaces.id, workspaceId));
    const values = { isTimeSensitive: true, kind: "alert" } as const;
    const [raised] = await raiseHere(alert(values));
    expect(raised?.deliveries).toMatchObject([{ fate: "held", reason: "outside_working_hours" }]);
    expect(raised?.notification.expiresAt).toEqual(
      new Date(deps.clock.now().getTime() + 15 * MINUTE),
    );
    deps.clock.advance(72 * HOUR);
    await releaseDeliveries(deps);
    expect(await fatesOf(deps, of)).toEqual(["expired expired"]);
  });

  it("R112 writes to the number that was asked for, and makes a person of one nobody knows", async () => {
    const second = "+33600000042";
    await deps.db.insert(addresses).values({
      id: deps.chance.uuid(),
      ...of,
      kind: "phone",
      value: second,
      raw: second,
      createdAt: deps.clock.now(),
    });
    await raiseHere(
      alert({ type: "test.a" }),
      alert({ type: "test.b", recipient: { phone: "06 00 00 00 42" } }),
    );
    const written = await writtenTo(deps, of);
    expect(written.map(({ toAddress }) => toAddress)).toEqual([person.address, second]);
    await prefer(deps, of, { quietHours: [NIGHT], maxPerHour: 2, aggregation: false });
    deps.clock.advance(14 * HOUR);
    await raiseHere(
      ...ofTypes(2),
      alert({ type: "test.c", recipient: { phone: second } }),
      alert({ type: "test.d", recipient: { phone: second } }),
    );
    deps.clock.advance(8 * HOUR);
    await releaseDeliveries(deps);
    const summaries = (await writtenTo(deps, of)).slice(2);
    expect(summaries.map(({ toAddress }) => toAddress).sort()).toEqual(
      [person.address, second].sort(),
    );
    expect(summaries.every(({ body }) => body.startsWith("2 notifications"))).toBe(true);
    const left = (await digestsOf(deps, of)).filter(({ leftAt }) => leftAt !== null);
    expect(left).toHaveLength(1);
    const stranger = alert({
      recipient: { phone: "06 00 00 00 43" },
      severity: "critical",
    });
    expect(await explain(deps, of.workspaceId, stranger)).toEqual(["queued sends"]);
    expect(await deps.db.$count(persons, eq(persons.workspaceId, of.workspaceId))).toBe(1);
    const [raised] = await raiseHere(stranger);
    expect(raised?.deliveries).toMatchObject([{ fate: "queued" }]);
    const [row] = await deps.db
      .select()
      .from(conversations)
      .where(eq(conversations.personId, raised?.notification.personId ?? ""));
    expect(row).toMatchObject({ address: "+33600000043", isListed: false });
  });

  it.each([
    [{ recipient: { contactId: "019300aa-0000-7000-8000-000000000001" } }, "recipient_not_found"],
    [{ recipient: { userId: "019300aa-0000-7000-8000-000000000001" } }, "recipient_not_found"],
    [{ recipient: { phone: "12" } }, "invalid_phone_number"],
    [{ recipient: { email: "nobody" } }, "invalid_email"],
  ] as const)(
    "names a recipient who cannot be reached, and stores nothing: %j",
    async (values, code) => {
      const acting = { workspaceId: of.workspaceId, actor: { kind: "system" } as const };
      const all = [alert(), alert(values)];
      const outcome = await raiseNotifications(deps, { acting, notifications: all });
      expect(outcome).toMatchObject({ kind: "refused", index: 1, code });
      expect(
        await deps.db.$count(notifications, eq(notifications.workspaceId, of.workspaceId)),
      ).toBe(0);
      expect(await writtenTo(deps, of)).toEqual([]);
    },
  );

  it("another workspace's contact is nobody here", async () => {
    const other = await createWorkspace(deps);
    const theirs = await createConversation(deps, other);
    await expect(raiseHere(anAlert(theirs.personId))).rejects.toThrow("recipient_not_found");
  });

  it("what the outbox will not take is a refusal with its reason, and leaves no place taken", async () => {
    const [raised] = await raiseHere(alert({ body: "x".repeat(2000) }));
    expect(raised?.deliveries).toMatchObject([
      { fate: "refused", reason: "message_too_long", messageId: null },
    ]);
    expect(raised?.notification.leftAt).toBeNull();
  });

  it("an address that the outbox refuses ends one, and keeps nobody else's", async () => {
    await prefer(deps, of, { quietHours: [NIGHT] });
    const other = await createConversation(deps, workspace);
    await prefer(deps, { ...of, personId: other.personId }, { quietHours: [NIGHT] });
    deps.clock.advance(14 * HOUR);
    await raiseHere(alert(), anAlert(other.personId));
    await deps.db
      .update(notifications)
      .set({ toAddress: { kind: "phone", value: "no number" } })
      .where(eq(notifications.personId, of.personId));
    deps.clock.advance(8 * HOUR);
    await releaseDeliveries(deps);
    expect(await writtenTo(deps, { ...of, personId: other.personId })).toHaveLength(1);
    expect(await fatesOf(deps, of)).toEqual(["refused invalid_phone_number"]);
  });
});
