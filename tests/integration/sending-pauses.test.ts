import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { conversationDetail } from "../../db/queries/conversations";
import { findIdleAccounts } from "../../db/queries/system/outbox";
import { auditLog, integrations } from "../../db/schema";
import { requestReset } from "../../lib/auth/request-reset";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { type SendingSwitches, switchSending } from "../../lib/outbound/switch-sending";
import { createClient, installRuntime } from "../support/api";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { addMailSender } from "../support/mail-sender";
import { enqueueQueued, openOutbox, statusesOf } from "../support/outbox";
import { createIntegration, createUser } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;
let admin: Awaited<ReturnType<typeof createClient>>;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  outbox = await openOutbox(deps);
  admin = await createClient(deps, outbox.workspace.workspaceId);
});

const change = (switches: SendingSwitches) => {
  const { workspaceId } = outbox.workspace;
  const by = { workspaceId, actor: { kind: "system" }, role: "admin" } as const;
  return switchSending(deps, by, switches);
};
const isIdle = async () => {
  const now = deps.clock.now();
  const ids = await findIdleAccounts(deps.sql, { now, settledBefore: now });
  return ids.includes(outbox.workspace.account.id);
};
/** What was written down about it. */
const audit = async () => {
  const rows = await deps.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.workspaceId, outbox.workspace.workspaceId))
    .orderBy(auditLog.id);
  return rows.flatMap(({ action, data }) =>
    action.startsWith("sending.") ? { action, data } : [],
  );
};

/** Writes by a WhatsApp sender of the same account. */
async function openWhatsApp() {
  const { workspace } = outbox;
  const { workspaceId } = workspace;
  const integration = await createIntegration(deps, workspace, { type: "whatsapp" });
  const conversation = await createConversation(deps, { ...workspace, integration });
  const template = { contentSid: "HX1", name: "hello", variables: {} };
  return (body: string) =>
    enqueueQueued(deps, { workspaceId, conversationId: conversation.id, body, template });
}

describe("pausing all sending", () => {
  test("R203 what waits stays queued, rings nothing and says why; lifted, it leaves at once", async () => {
    await change({ all: true });
    const message = await outbox.enqueue("Bonjour");
    const late = await outbox.enqueue("Une alerte", { lane: "normal" });
    deps.bells.length = 0;
    expect(await outbox.dispatch()).toMatchObject({ ended: 0, nextDue: null });
    expect(await statusesOf(deps, [message.id, late.id])).toEqual(["queued", "queued"]);
    expect(await isIdle()).toBe(false);
    expect(deps.bells).toEqual([]);
    const input = { id: outbox.conversation.id, userId: null, now: deps.clock.now() };
    const detail = await conversationDetail(deps.db, outbox.scope, input);
    expect(detail?.holdUp).toBe("sending_paused");
    await change({ all: false });
    expect(deps.bells).toMatchObject([{ accountId: outbox.workspace.account.id }]);
    await outbox.dispatch();
    expect(await statusesOf(deps, [message.id, late.id])).toEqual(["accepted", "accepted"]);
  });

  test("R203 a run under way takes nothing more once it is paused, and rings nothing for it", async () => {
    for (const body of ["one", "two", "three"]) await outbox.enqueue(body);
    deps.provider.answer = async () => {
      await change({ all: true });
      return { kind: "accepted", providerId: deps.chance.uuid(), segments: 1 };
    };
    expect(await outbox.dispatch()).toMatchObject({ ended: 1, nextDue: null });
    expect(deps.provider.sent).toHaveLength(1);
  });

  test("system messages leave, whatever waits before them in their conversation", async () => {
    await change({ all: true });
    const reply = await outbox.enqueue("Bonjour");
    const first = await outbox.enqueue("Code 1234", { isSystem: true });
    const second = await outbox.enqueue("Code 5678", { isSystem: true });
    expect(await isIdle()).toBe(true);
    await outbox.dispatch();
    expect(deps.provider.sent.map(({ body }) => body)).toEqual(["Code 1234", "Code 5678"]);
    const fates = await statusesOf(deps, [reply.id, first.id, second.id]);
    expect(fates).toEqual(["queued", "accepted", "accepted"]);
    expect(await isIdle()).toBe(false);
  });

  test("system messages leave where the sender has a pace, too", async () => {
    await deps.db
      .update(integrations)
      .set({ pacePerSecond: 5 })
      .where(eq(integrations.id, outbox.workspace.integration.id));
    await change({ all: true });
    await outbox.enqueue("Bonjour");
    await outbox.enqueue("Code", { isSystem: true });
    expect(await outbox.dispatch()).toMatchObject({ nextDue: null });
    expect(deps.provider.sent.map(({ body }) => body)).toEqual(["Code"]);
  });

  test("a link to a new password and a test of a sender are system messages", async () => {
    const { workspaceId, integration } = outbox.workspace;
    const { account } = await addMailSender(deps, workspaceId);
    const user = await createUser(deps, workspaceId, "agent");
    await change({ all: true, email: true });
    await requestReset(deps, { email: user.email, address: null });
    await dispatchAccount(deps, { accountId: account.id });
    expect(deps.mailer.sent).toHaveLength(1);
    const tested = await admin.post(`/integrations/${integration.id}/test`, {
      to: "+33600000098",
    });
    expect(tested.status).toBeLessThan(300);
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(1);
  });

  test("R205 a channel that is switched off waits by itself, the others leave", async () => {
    const write = await openWhatsApp();
    await change({ sms: true });
    const text = await outbox.enqueue("Par SMS");
    const other = await write("Par WhatsApp");
    await outbox.dispatch();
    expect(await statusesOf(deps, [text.id, other.id])).toEqual(["queued", "accepted"]);
  });

  test("R204 lifting one of two pauses lets nothing leave that the other one holds", async () => {
    await change({ all: true, sms: true });
    const text = await outbox.enqueue("Bonjour");
    await change({ all: false });
    await outbox.dispatch();
    expect((await outbox.row(text.id)).status).toBe("queued");
    await change({ sms: false });
    await outbox.dispatch();
    expect((await outbox.row(text.id)).status).toBe("accepted");
  });

  test("another workspace is not touched", async () => {
    const other = await openOutbox(deps);
    await change({ all: true });
    await other.enqueue("Bonjour");
    await other.dispatch();
    expect(deps.provider.sent).toHaveLength(1);
  });
});

describe("/admin/sending", () => {
  test("R203 R204 R205 tells what is off, since when and by whom, how much waits, and is written down once", async () => {
    await outbox.enqueue("Bonjour");
    const off = await admin.patch("/admin/sending", { paused: true, channels: { email: false } });
    const since = deps.clock.now().toISOString();
    deps.clock.advance(60_000);
    const again = await admin.patch("/admin/sending", { paused: true });
    expect(off.body).toEqual({
      paused: true,
      channels: { sms: true, whatsapp: true, email: false },
      pauses: [
        { what: "all", since, by: "test" },
        { what: "email", since, by: "test" },
      ],
      waiting: { sms: 1, whatsapp: 0, email: 0 },
    });
    expect(again.body).toEqual(off.body);
    const { workspaceId } = outbox.workspace;
    expect(deps.changes).toContainEqual({ kind: "workspace", workspaceId });
    const on = await admin.patch("/admin/sending", { paused: false, channels: { email: true } });
    expect(on.body).toMatchObject({ paused: false, channels: { email: true }, pauses: [] });
    expect((await admin.get("/admin/sending")).body).toEqual(on.body);
    const data = { scopes: expect.arrayContaining(["all", "email"]) };
    expect(await audit()).toEqual([
      { action: "sending.paused", data },
      { action: "sending.resumed", data },
    ]);
  });

  test.each([{ paused: "yes" }, { channels: { fax: false } }, { pause: true }])(
    "refuses %j and changes nothing",
    async (body) => {
      const answer = await admin.patch("/admin/sending", body);
      expect(answer).toMatchObject({ status: 422, body: { code: "validation_failed" } });
      expect((await admin.get("/admin/sending")).body.pauses).toEqual([]);
    },
  );
});
