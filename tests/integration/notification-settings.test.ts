import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { auditLog } from "../../db/schema";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { createClient, installRuntime } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { anAlert, explain, fatesOf, prefer, raise } from "../support/notifications";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

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
  await prefer(deps, { workspaceId: workspace.workspaceId, personId: person.personId });
  admin = await createClient(deps, workspace.workspaceId);
});

const path = "/admin/notification-settings";
const alert = () => anAlert(person.personId);
const explained = () => explain(deps, workspace.workspaceId, alert());
/** The tests' clock shows a Friday morning. */
const WEEKEND = [{ days: ["sat", "sun"], start: "08:00", end: "19:00" }];

describe("/admin/notification-settings", () => {
  test("R219 working hours hold what is raised outside of them, and wider ones let it leave", async () => {
    expect((await admin.get(path)).body).toEqual({
      timeZone: "Europe/Paris",
      workingHours: [],
      demandsVerified: false,
      aggregationSeconds: 300,
      highFrequency: { isOn: true, alerts: 10, seconds: 300 },
      apiLimits: { perMinute: 600, perRecipientHour: 100, perRecipientDay: 500 },
    });
    const saved = await admin.patch(path, { workingHours: WEEKEND, timeZone: "Africa/Libreville" });
    expect(saved.body).toMatchObject({ workingHours: WEEKEND, timeZone: "Africa/Libreville" });
    const { workspaceId } = workspace;
    const of = { workspaceId, personId: person.personId };
    await raise(deps, workspaceId, alert());
    expect(await fatesOf(deps, of)).toEqual(["held outside_working_hours"]);
    await admin.patch(path, { workingHours: [] });
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    expect(await fatesOf(deps, of)).toEqual(["queued sends"]);
  });

  test("R026 the window of aggregation is the workspace's, and none where it is 0", async () => {
    await admin.patch(path, { aggregationSeconds: 60 });
    await raise(deps, workspace.workspaceId, alert());
    expect(await explained()).toEqual(["bundled aggregated"]);
    deps.clock.advance(60_000);
    expect(await explained()).toEqual(["queued sends"]);
    await admin.patch(path, { aggregationSeconds: 0 });
    await raise(deps, workspace.workspaceId, alert());
    expect(await explained()).toEqual(["queued sends"]);
  });

  test("what is left out stays as it is, and every change is written down", async () => {
    await admin.patch(path, { demandsVerified: true });
    await admin.patch(path, { highFrequency: { isOn: false, alerts: 5, seconds: 60 } });
    await admin.patch(path, {});
    expect((await admin.get(path)).body).toMatchObject({
      demandsVerified: true,
      highFrequency: { isOn: false, alerts: 5, seconds: 60 },
    });
    const rows = await deps.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "notification_settings.changed"))
      .orderBy(auditLog.id);
    const own = rows.filter(({ workspaceId }) => workspaceId === workspace.workspaceId);
    expect(own.map(({ data }) => data)).toEqual([
      { demandsVerified: true },
      { watchesFrequency: false, frequencyAlerts: 5, frequencySeconds: 60 },
    ]);
  });

  test.each([
    [{ workingHours: [{ days: [], start: "08:00", end: "19:00" }] }, "workingHours.0.days"],
    [{ workingHours: [{ ...WEEKEND[0], end: "08:00" }] }, "workingHours.0.end"],
    [{ workingHours: [{ ...WEEKEND[0], start: "25:00" }] }, "workingHours.0.start"],
    [{ timeZone: "Mars/Olympus" }, "timeZone"],
    [{ aggregationSeconds: -1 }, "aggregationSeconds"],
    [{ highFrequency: { isOn: true, alerts: 1, seconds: 60 } }, "highFrequency.alerts"],
    [{ highFrequency: { isOn: true, alerts: 10, seconds: 90_000 } }, "highFrequency.seconds"],
  ])("names what is wrong: %j", async (body, field) => {
    const answer = await admin.patch(path, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual([field]);
  });
});
