import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { messages, notifications, workspaces } from "../../db/schema";
import type { ApiLimits } from "../../lib/domain/api-limits";
import { createClient, installRuntime } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
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
  admin = await createClient(deps, workspace.workspaceId);
});

const limit = (limits: Partial<ApiLimits>) => {
  const none = { perMinute: null, perRecipientHour: null, perRecipientDay: null };
  return admin.patch("/admin/notification-settings", { apiLimits: { ...none, ...limits } });
};
const text = (n = 0) => ({ channel: "sms", to: `06 00 02 00 ${10 + n}`, body: `Text ${n}` });
const alert = () => ({
  recipient: { contactId: person.personId },
  type: "security.anomaly",
  title: "Anomaly",
  message: "Camera 3",
});
const countMessages = () =>
  deps.db.$count(messages, eq(messages.workspaceId, workspace.workspaceId));
const countNotifications = () =>
  deps.db.$count(notifications, eq(notifications.workspaceId, workspace.workspaceId));

describe("R222 R231 what systems may ask for", () => {
  test("each item of a batch counts, and what is beyond the minute is refused as a whole", async () => {
    await limit({ perMinute: 5 });
    const first = await admin.post("/messages", [text(1), text(2), text(3)]);
    expect(first.status).toBe(202);
    expect(first.headers.get("ratelimit-limit")).toBe("5");
    expect(first.headers.get("ratelimit-remaining")).toBe("2");
    expect(first.headers.get("ratelimit-reset")).toBe("60");
    deps.clock.advance(20_000);
    const second = await admin.post("/messages", [text(4), text(5), text(6)]);
    expect(second).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(second.headers.get("retry-after")).toBe("40");
    expect(second.headers.get("ratelimit-remaining")).toBe("0");
    expect(await countMessages()).toBe(3);
    expect((await admin.post("/notifications", alert())).status).toBe(202);
    deps.clock.advance(40_000);
    expect((await admin.post("/messages", [text(4), text(5), text(6)])).status).toBe(202);
  });

  test("of a hundred at once as many are stored as there is room for", async () => {
    await limit({ perMinute: 7 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => admin.post("/messages", text(n))),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(7);
    expect(statuses.filter((status) => status === 429)).toHaveLength(13);
    expect(await countMessages()).toBe(7);
  });

  test("one person's hour and day hold over messages, notifications and events", async () => {
    await limit({ perRecipientHour: 2, perRecipientDay: 4 });
    const event = {
      type: "ticket.almost_called",
      recipient: { contactId: person.personId },
      data: { ticket_number: "A-1" },
    };
    expect((await admin.post("/notifications", alert())).status).toBe(202);
    expect((await admin.post("/events", event)).status).toBe(202);
    const third = await admin.post("/events", [event, event]);
    expect(third).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(third.headers.get("retry-after")).toBe("3600");
    expect(await countNotifications()).toBe(2);
    const other = await createConversation(deps, workspace);
    const elsewhere = { ...event, recipient: { contactId: other.personId } };
    expect((await admin.post("/events", elsewhere)).status).toBe(202);
    deps.clock.advance(3_600_000);
    expect((await admin.post("/notifications", alert())).status).toBe(202);
    expect((await admin.post("/events", event)).status).toBe(202);
    const day = await admin.post("/notifications", alert());
    expect(day.status).toBe(429);
    expect(day.headers.get("retry-after")).toBe(String(23 * 3600));
  });

  test("a text to somebody who has had too many stores nobody either", async () => {
    await limit({ perRecipientHour: 1 });
    const batch = [text(1), { ...text(1), body: "Again" }];
    expect((await admin.post("/messages", batch)).status).toBe(429);
    expect(await countMessages()).toBe(0);
    expect((await admin.post("/messages", text(1))).status).toBe(202);
  });

  test("the usual ones hold until somebody sets others", async () => {
    const [row] = await deps.db
      .select()
      .from(workspaces)
      .where(eq(workspaces.id, workspace.workspaceId));
    expect(row).toMatchObject({
      apiPerMinute: 600,
      apiPerRecipientHour: 100,
      apiPerRecipientDay: 500,
    });
    const wrong = await limit({ perMinute: 0 });
    expect(wrong).toMatchObject({ status: 422 });
    expect(wrong.body.errors[0].path).toBe("apiLimits.perMinute");
    await limit({});
    const free = await admin.post("/messages", text());
    expect(free.headers.get("ratelimit-limit")).toBeNull();
  });
});
