import { eq, min } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { deliveries } from "../../db/schema";
import { WEEKDAYS } from "../../lib/domain/deciding/local-time";
import { NOTIFICATION_CHANNELS, SEVERITIES } from "../../lib/domain/deciding/words";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { createConversation } from "../support/conversation";
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
import { createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;

beforeAll(async () => {
  deps = testDeps(database);
  workspace = await createWorkspace(deps);
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

describe("explainNotification", () => {
  it("says what then happens, and all that is kept leaves once, ends, or says why not", async () => {
    await fc.assert(
      fc.asyncProperty(choices, life, async (chosen, told) => {
        const { personId } = await createConversation(deps, workspace);
        const of = { workspaceId: workspace.workspaceId, personId };
        await prefer(deps, of, chosen);
        for (const [values, minutes] of told) {
          const one = anAlert(personId, { ...values, channels: null });
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
        expect(fates).toHaveLength(told.length * 4);
        expect(fates.filter((fate) => /^(held|bundled)/.test(fate))).toEqual([]);
        const written = await writtenTo(deps, of);
        const sent = fates.filter((fate) => fate.startsWith("queued")).length;
        expect(written.length).toBeLessThanOrEqual(sent);
        expect(written.length > 0).toBe(sent > 0);
        expect((await digestsOf(deps, of)).every(({ closedAt }) => closedAt !== null)).toBe(true);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
