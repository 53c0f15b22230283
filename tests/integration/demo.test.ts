import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { DEMO_LOGINS, demoAccounts, demoHistory, loadDemo } from "../../db/demo";
import { demoMailAccounts } from "../../db/demo/mail";
import { listCards } from "../../db/queries/cards";
import { countViews, listSenders } from "../../db/queries/counts";
import {
  accounts,
  addresses,
  conversations,
  integrations,
  media,
  memberships,
  messages,
  persons,
  users,
  workspaces,
} from "../../db/schema";
import { checkPassword } from "../../lib/auth/password";
import { normalisePhone } from "../../lib/domain/phone-number";
import type { Deps } from "../../lib/ports/deps";
import { livePast } from "../../scripts/demo/live-past";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";

const database = openTestDatabase();
const simulatorUrl = "http://127.0.0.1:3999";

function load(deps: Deps, url: string) {
  return loadDemo(deps, {
    simulatorUrl: url,
    live: (tx, stage) => livePast(deps, tx, stage),
  });
}

describe("the demo", () => {
  it("loads once, and moves along with its simulator", async () => {
    const deps = testDeps(database);
    const [one, two] = await Promise.all([load(deps, simulatorUrl), load(deps, simulatorUrl)]);
    expect([one.isNew, two.isNew].sort()).toEqual([false, true]);
    await load(deps, "http://127.0.0.1:4999");
    const rows = await deps.db.select().from(accounts);
    expect(rows.map(({ provider }) => provider).sort()).toEqual([
      "resend",
      "resend",
      "twilio",
      "twilio",
    ]);
    expect(rows.every((row) => row.apiOrigin === "http://127.0.0.1:4999")).toBe(true);
    const tokens = rows.map((row) => deps.cipher.open(row.tokenSealed ?? ""));
    const mail = await demoMailAccounts(deps.db);
    const known = [
      ...demoAccounts().map(({ token }) => token),
      ...mail.map(({ apiKey }) => apiKey),
    ];
    expect(tokens.sort()).toEqual(known.sort());
  }, 120_000);

  it("holds people of every role, three numbers, forty contacts and three hundred messages", async () => {
    const { db } = testDeps(database);
    const [demo] = await db.select().from(workspaces).where(eq(workspaces.slug, "demo"));
    const workspaceId = demo?.id ?? "";
    const members = await db
      .select()
      .from(memberships)
      .where(sql`${memberships.workspaceId} = ${workspaceId}`);
    expect(members.map((member) => member.role).sort()).toEqual([
      "admin",
      "agent",
      "member",
      "owner",
    ]);
    const senders = await db
      .select()
      .from(integrations)
      .where(sql`${integrations.workspaceId} = ${workspaceId}`);
    expect(senders.map((sender) => sender.type).sort()).toEqual([
      "email",
      "sms",
      "sms",
      "whatsapp",
    ]);
    const people = await db
      .select()
      .from(persons)
      .where(sql`${persons.workspaceId} = ${workspaceId}`);
    expect(people.length - members.length).toBe(40);
    const all = await db
      .select()
      .from(messages)
      .where(sql`${messages.workspaceId} = ${workspaceId}`);
    expect(all.length).toBeGreaterThanOrEqual(300);
    // `sending` lasts for the length of one call: a row left in it would be a lie.
    expect([...new Set(all.map((message) => message.status))].sort()).toEqual([
      "accepted",
      "canceled",
      "delivered",
      "expired",
      "failed",
      "queued",
      "read",
      "received",
      "scheduled",
      "sent",
      "unconfirmed",
      "undelivered",
    ]);
    expect([...new Set(all.map((message) => message.kind))].sort()).toEqual([
      "button",
      "contacts",
      "list",
      "location",
      "media",
      "template",
      "text",
      "unknown",
    ]);
    expect((await db.select().from(media)).length).toBeGreaterThan(10);
  });

  it("its counters agree with its messages", async () => {
    const { db } = testDeps(database);
    const wrong = await db.execute(sql`
      select c.id from ${conversations} c
      left join lateral (
        select max(seq) as last_seq, count(*) filter (where seq is not null) as n
        from ${messages} m where m.conversation_id = c.id) m on true
      where c.last_seq <> m.last_seq or c.last_seq <> m.n
        or c.last_message_id <> (select id from ${messages} l
          where l.conversation_id = c.id and l.seq = c.last_seq)`);
    expect([...wrong]).toEqual([]);
  });

  it("uses numbers that are valid and kept for fiction, and times of the past", async () => {
    const deps = testDeps(database);
    const known = await deps.db.select().from(addresses);
    for (const { kind, value } of known) {
      if (kind === "email") {
        expect(value).toMatch(/@demo\.carillon\.test$/);
        continue;
      }
      expect(normalisePhone(value, "FR")).toMatchObject({ ok: true, e164: value });
      expect(value).toMatch(/^\+(3319900|4420794601|1(202|415)55501|4930231251|34910000)/);
    }
    const [newest] = await deps.db
      .select({ at: sql<string>`max(${messages.createdAt})` })
      .from(messages);
    expect(new Date(newest?.at ?? "").getTime()).toBeLessThan(deps.clock.now().getTime());
  });

  it("everybody signs in with the printed password and sees their own workspace", async () => {
    const { db } = testDeps(database);
    for (const login of DEMO_LOGINS) {
      const [user] = await db.select().from(users).where(eq(users.email, login.email));
      expect(await checkPassword(user?.passwordHash ?? null, login.password)).toBe(true);
      const [first] = login.workspaces;
      const [workspace] = await db
        .select()
        .from(workspaces)
        .where(eq(workspaces.slug, first?.slug ?? ""));
      if (!workspace || !user) throw new Error("the login has no workspace");
      const scope = { workspaceId: workspace.id, integrations: "all" } as const;
      const { cards } = await listCards(db, scope, { view: "all", userId: user.id });
      expect(cards.length).toBeGreaterThan(2);
      const senders = await listSenders(db, scope, user.id);
      expect(senders.some((sender) => sender.unread > 0)).toBe(true);
      const views = await countViews(db, scope, user.id);
      expect(views.resolved).toBeGreaterThan(0);
    }
  });

  it("the simulator is given what its phones would remember", async () => {
    const history = await demoHistory(database.db);
    expect(history.length).toBeGreaterThan(250);
    expect(new Set(history.map((message) => message.sid)).size).toBe(history.length);
    expect(history.some((message) => message.from.startsWith("whatsapp:"))).toBe(true);
  });
});
