import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { loadDemo } from "../../db/demo";
import { DEMO_WORKSPACES } from "../../db/demo/cast";
import { fiction } from "../../db/demo/script";
import { listCards } from "../../db/queries/cards";
import {
  attempts,
  conversations,
  deliveries,
  digests,
  memberships,
  messages,
  notifications,
  reminders,
  spendingDeltas,
  timeline,
  users,
  workspaces,
} from "../../db/schema";
import { sentenceOf } from "../../lib/domain/deciding/sentence";
import { LOCALES } from "../../lib/domain/words";
import { livePast } from "../../scripts/demo/live-past";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";

/** What the demo's systems have reported so far, as the stages have decided it. */
const database = openTestDatabase();
const other = openTestDatabase();
let deps: TestDeps;

beforeAll(async () => {
  deps = testDeps(database);
  await load(deps);
}, 120_000);

function load(into: TestDeps) {
  const live = livePast.bind(null, into);
  return loadDemo(into, { simulatorUrl: "http://127.0.0.1:3999", live });
}

/** How much there is, and which rows. */
async function tallyOf({ db }: TestDeps) {
  const tables = [notifications, deliveries, digests, reminders, messages, attempts, timeline];
  const counts = await Promise.all([...tables, spendingDeltas].map((table) => db.$count(table)));
  const ids = await db
    .select({ id: notifications.id })
    .from(notifications)
    .orderBy(notifications.id);
  return { counts, ids: ids.map(({ id }) => id) };
}

describe("the demo's past", () => {
  it("is lived once, however often the demo is loaded, and is the same everywhere", async () => {
    const once = await tallyOf(deps);
    expect(once.ids.length).toBeGreaterThan(80);
    expect((await load(deps)).isNew).toBe(false);
    expect(await tallyOf(deps)).toEqual(once);
    const elsewhere = testDeps(other);
    await load(elsewhere);
    expect(await tallyOf(elsewhere)).toEqual(once);
  }, 120_000);

  it("sends nothing, rings nobody, and leaves nothing to be sent", async () => {
    expect([deps.provider.sent, deps.mailer.sent, deps.bells, deps.changes]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(deps.lines.filter(({ level }) => level !== "info")).toEqual([]);
    const waiting = and(eq(messages.status, "queued"), eq(messages.attempt, 0));
    expect(await deps.db.$count(messages, waiting)).toBe(0);
  });

  it("keeps every decision, each with a sentence in both languages", async () => {
    const rows = await deps.db.select().from(deliveries);
    for (const { decisions, messageId, ...row } of rows) {
      const { fate, reason } = row;
      expect(decisions.at(-1)).toMatchObject({ fate, reason });
      expect(messageId !== null).toBe(fate === "queued");
      for (const locale of LOCALES) {
        expect(sentenceOf(row, { locale, zone: "Europe/Paris" })).toMatch(/\p{L}{2}/u);
      }
    }
    const all = rows.flatMap(({ decisions }) => decisions.map(({ reason }) => reason));
    expect([...new Set(all)].sort()).toEqual(
      expect.arrayContaining([
        "aggregated",
        "no_address",
        "over_cap",
        "quiet_hours",
        "sends",
        "severity_too_low",
        "whatsapp_window_closed",
      ]),
    );
  });

  it("keeps for later only what has an hour to come and an open digest", async () => {
    const { db, clock } = deps;
    const kept = await db
      .select({ releaseAt: deliveries.releaseAt, closedAt: digests.closedAt, id: digests.id })
      .from(deliveries)
      .leftJoin(digests, eq(digests.id, deliveries.digestId))
      .where(isNotNull(deliveries.releaseAt));
    expect(kept.length).toBeGreaterThan(0);
    for (const { releaseAt, closedAt, id } of kept) {
      expect(releaseAt?.getTime()).toBeGreaterThan(clock.now().getTime());
      expect([id === null, closedAt]).toEqual([false, null]);
    }
    const left = await db.$count(digests, isNotNull(digests.leftAt));
    expect(left).toBeGreaterThanOrEqual(3);
  });

  it("R304 shows loans with reminders that were sent, wait, expired, came too late and were taken away", async () => {
    const rows = await deps.db.select().from(reminders);
    const fates = new Set(rows.map(({ status, reason }) => `${status} ${reason}`));
    expect(fates).toEqual(
      new Set([
        "sent null",
        "scheduled null",
        "expired day_over",
        "skipped planned_too_late",
        "canceled closed",
      ]),
    );
    for (const { status, scheduledFor, notificationId } of rows) {
      expect(notificationId !== null).toBe(status === "sent");
      if (status === "scheduled") expect(scheduledFor >= deps.clock.now()).toBe(true);
    }
  });

  it("has codes that acknowledged, confirmed and canceled, each with its text", async () => {
    const rows = await deps.db
      .select({ action: notifications.answerAction, direction: messages.direction })
      .from(notifications)
      .innerJoin(messages, eq(messages.id, notifications.answerMessageId))
      .where(isNotNull(notifications.answeredAt));
    expect(new Set(rows.map(({ action }) => action))).toEqual(
      new Set(["acknowledge", "confirm", "cancel"]),
    );
    expect(rows.every(({ direction }) => direction === "in")).toBe(true);
  });

  it("leaves something new in the bell of everybody", async () => {
    const rows = await deps.db
      .select({ email: users.email, slug: workspaces.slug })
      .from(notifications)
      .innerJoin(memberships, eq(memberships.personId, notifications.personId))
      .innerJoin(users, eq(users.id, memberships.userId))
      .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
      .innerJoin(
        deliveries,
        and(eq(deliveries.notificationId, notifications.id), eq(deliveries.fate, "web")),
      )
      .where(isNull(notifications.readAt));
    for (const { slug, members } of DEMO_WORKSPACES) {
      const told = new Set(rows.filter((row) => row.slug === slug).map(({ email }) => email));
      expect(told.size).toBe(members.length);
    }
  });

  it("some did not arrive, and most did", async () => {
    const rows = await deps.db
      .select({ status: messages.status, code: messages.errorCode, reason: messages.statusReason })
      .from(messages)
      .where(isNotNull(messages.notificationId));
    const lost = rows.filter(({ status }) => status === "undelivered");
    expect(lost.length).toBeGreaterThanOrEqual(3);
    expect(lost.length / rows.length).toBeLessThan(0.1);
    expect(lost.every(({ code, reason }) => code !== null && reason !== null)).toBe(true);
  });

  it("stands in the threads in the order of time, and only threads that people wrote in are listed", async () => {
    const { db } = deps;
    const rows = await db
      .select({
        conversationId: messages.conversationId,
        at: messages.createdAt,
        direction: messages.direction,
        isListed: conversations.isListed,
      })
      .from(messages)
      .innerJoin(conversations, eq(conversations.id, messages.conversationId))
      .where(isNotNull(messages.seq))
      .orderBy(asc(messages.conversationId), asc(messages.seq));
    for (const [nth, row] of rows.entries()) {
      const before = rows[nth - 1];
      if (before?.conversationId !== row.conversationId) continue;
      expect(row.at.getTime()).toBeGreaterThanOrEqual(before.at.getTime());
    }
    expect(rows.filter(({ isListed, direction }) => !isListed && direction === "in")).toEqual([]);
    const [demo] = await db.select().from(workspaces).where(eq(workspaces.slug, "demo"));
    if (!demo) throw new Error("the demo is not there");
    const scope = { workspaceId: demo.id, integrations: "all" } as const;
    const { cards } = await listCards(db, scope, { view: "all", userId: demo.id });
    const [first] = await db
      .select({ address: conversations.address })
      .from(conversations)
      .where(eq(conversations.id, cards[0]?.id ?? demo.id));
    expect(first?.address).toBe(fiction(1));
  });
});
