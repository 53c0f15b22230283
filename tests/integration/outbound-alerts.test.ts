import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { adminAlerts } from "../../db/schema";
import { alertAdmins } from "../../lib/outbound/alert-admins";
import { applyStatus } from "../../lib/outbound/apply-status";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { openOutbox } from "../support/outbox";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
});

function told() {
  return deps.lines.filter((line) => line.message.includes("needs an administrator")).length;
}

async function alerts() {
  const { workspaceId } = outbox.workspace;
  return deps.db.select().from(adminAlerts).where(eq(adminAlerts.workspaceId, workspaceId));
}

/** Sends one message that the provider refuses with this code. */
async function refuse(code: string) {
  deps.provider.answer = () => ({
    kind: "rejected",
    fault: "configuration",
    code,
    message: "No",
    httpStatus: 400,
  });
  const message = await outbox.enqueue("Bonjour");
  await outbox.dispatch();
  return message;
}

describe("a configuration fault", () => {
  it("fails its message alone and tells the administrators once an hour", async () => {
    const first = await refuse("21408");
    await refuse("21408");
    expect(await outbox.row(first.id)).toMatchObject({
      status: "failed",
      statusReason: "configuration",
      errorCode: "21408",
    });
    expect(told()).toBe(1);
    deps.clock.advance(3_599_999);
    await refuse("21408");
    expect(told()).toBe(1);
    deps.clock.advance(1);
    await refuse("21408");
    await refuse("21408");
    expect(told()).toBe(2);
    expect(await alerts()).toMatchObject([{ errorCode: "21408", count: 5, resolvedAt: null }]);
  });

  it("is told once by many who meet it at the same moment, and each code by itself", async () => {
    const message = await outbox.enqueue("Bonjour");
    await Promise.all(
      Array.from({ length: 8 }, () => alertAdmins(deps, { message, code: "21408" })),
    );
    expect(told()).toBe(1);
    deps.clock.advance(3_600_000);
    await Promise.all(
      Array.from({ length: 8 }, () => alertAdmins(deps, { message, code: "21408" })),
    );
    expect(told()).toBe(2);
    await alertAdmins(deps, { message, code: "20003" });
    expect(told()).toBe(3);
  });

  it("of one message stops nobody else: the next one of the same number is tried", async () => {
    await refuse("21408");
    deps.provider.answer = () => ({ kind: "accepted", providerId: "SMnext", segments: 1 });
    const next = await outbox.enqueue("next");
    await outbox.dispatch();
    expect((await outbox.row(next.id)).status).toBe("accepted");
  });

  it("that comes with a receipt is told once, however often the receipt comes", async () => {
    const message = await outbox.enqueue("Bonjour");
    await outbox.dispatch();
    const failed = {
      messageId: message.id,
      attempt: 1,
      providerId: `SM${"1".padStart(32, "0")}`,
      status: "undelivered" as const,
      errorCode: "30034",
      errorMessage: null,
      carrierAt: null,
      data: {},
      via: "callback" as const,
    };
    for (let n = 0; n < 3; n += 1) await applyStatus(deps, failed);
    expect(told()).toBe(1);
    expect(await alerts()).toMatchObject([{ errorCode: "30034", count: 1 }]);
  });

  it("a permanent refusal alerts nobody", async () => {
    await refuse("21211");
    expect(told()).toBe(0);
    expect(await alerts()).toEqual([]);
  });
});
