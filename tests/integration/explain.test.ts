import { eq, min } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { deliveries } from "../../db/schema";
import { WEEKDAYS } from "../../lib/domain/deciding/local-time";
import { NOTIFICATION_CHANNELS, SEVERITIES } from "../../lib/domain/deciding/words";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { addMessage, createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import {
  anAlert,
  digestsOf,
  explain,
  fatesOf,
  prefer,
  raise,
  writtenTo,
} from "../support/notifications";
import { createIntegration, createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let whatsapp: { id: string };

beforeAll(async () => {
  deps = testDeps(database);
  workspace = await createWorkspace(deps);
  whatsapp = await createIntegration(deps, workspace, { type: "whatsapp", isDefault: true });
});

const severity = fc.constantFrom(...SEVERITIES);
const hours = fc.record({
  days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
  start: fc.constantFrom("00:00", "06:30", "09:00", "22:00"),
  end: fc.constantFrom("05:00", "08:00", "12:00", "23:30"),
});

const choices = fc.record({
  enabledChannels: fc.uniqueArray(fc.constantFrom(...NOTIFICATION_CHANNELS)),
  minSeverity: fc.record({ web: severity, email: severity, sms: severity, whatsapp: severity }),
  maxPerHour: fc.constantFrom(null, 1, 2, 5),
  quietHours: fc.array(hours, { maxLength: 1 }),
  criticalPasses: fc.boolean(),
  aggregation: fc.boolean(),
  types: fc.uniqueArray(fc.constantFrom("security.anomaly", "loan.assigned")),
});

const notification = fc.record({
  kind: fc.constantFrom("alert" as const, "transactional" as const, "reminder" as const),
  type: fc.constantFrom("security.anomaly", "loan.assigned", "ticket.called"),
  severity,
  isTimeSensitive: fc.boolean(),
  sendsImmediately: fc.boolean(),
  channels: fc.constantFrom(
    null,
    ["whatsapp" as const],
    ["web" as const, "whatsapp" as const],
    ["sms" as const, "whatsapp" as const],
  ),
});

/** A life of up to eight notifications, so many minutes apart. */
const life = fc.array(fc.tuple(notification, fc.integer({ min: 0, max: 300 })), {
  minLength: 1,
  maxLength: 8,
});

/** When the gates are next asked about a person; null: all is ended. */
async function nextRelease(personId: string) {
  const [row] = await deps.db
    .select({ at: min(deliveries.releaseAt) })
    .from(deliveries)
    .where(eq(deliveries.personId, personId));
  return row?.at ?? null;
}

async function writeOnWhatsapp(of: { personId: string; address: string }) {
  const own = { ...of, integrationId: whatsapp.id };
  const conversation = await createConversation(deps, workspace, own);
  await addMessage(deps, workspace, conversation, { channel: "whatsapp" });
}

/** Why each was not carried by WhatsApp for which another channel stands in. */
async function replacedOf(personId: string): Promise<(string | undefined)[]> {
  const rows = await deps.db.select().from(deliveries).where(eq(deliveries.personId, personId));
  return rows.flatMap(({ insteadOf, notificationId }) => {
    if (insteadOf === null) return [];
    const own = rows.filter((one) => one.notificationId === notificationId);
    return [own.find(({ channel }) => channel === insteadOf)?.reason];
  });
}

describe("explainNotification", () => {
  it("says what then happens, and all that is kept leaves once, ends, or says why not", async () => {
    let stoodIn = 0;
    await fc.assert(
      fc.asyncProperty(choices, life, fc.boolean(), async (chosen, told, hasWritten) => {
        const { personId, address } = await createConversation(deps, workspace);
        const of = { workspaceId: workspace.workspaceId, personId };
        await prefer(deps, of, chosen);
        // Their WhatsApp is open, and closes while they are told things.
        if (hasWritten) await writeOnWhatsapp({ personId, address });
        for (const [values, minutes] of told) {
          const one = anAlert(personId, values);
          const before = await explain(deps, of.workspaceId, one);
          const [raised] = await raise(deps, of.workspaceId, one);
          const happened = raised?.deliveries.map(({ fate, reason }) => `${fate} ${reason}`) ?? [];
          expect(happened.sort()).toEqual(before.sort());
          deps.clock.advance(minutes * 60_000);
        }
        for (let at = await nextRelease(personId); at; at = await nextRelease(personId)) {
          deps.clock.advance(Math.max(0, at.getTime() - deps.clock.now().getTime()));
          await releaseDeliveries(deps);
        }
        const fates = await fatesOf(deps, of);
        const replaced = await replacedOf(personId);
        stoodIn += replaced.length;
        const asked = told.map(
          ([{ channels }]) => channels?.length ?? NOTIFICATION_CHANNELS.length,
        );
        const sum = asked.reduce((all, count) => all + count, 0);
        expect(fates).toHaveLength(sum + replaced.length);
        expect(fates.filter((fate) => /^(held|bundled)/.test(fate))).toEqual([]);
        expect(replaced.every((one) => one === "whatsapp_window_closed")).toBe(true);
        const written = (await writtenTo(deps, of)).filter(({ direction }) => direction === "out");
        const sent = fates.filter((fate) => fate.startsWith("queued")).length;
        expect(written.length).toBeLessThanOrEqual(sent);
        expect(written.length > 0).toBe(sent > 0);
        expect((await digestsOf(deps, of)).every(({ closedAt }) => closedAt !== null)).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect(stoodIn).toBeGreaterThan(0);
  }, 120_000);
});
