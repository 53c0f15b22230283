import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listTemplates } from "../../db/queries/whatsapp-templates";
import { conversations } from "../../db/schema";
import { replyToConversation } from "../../lib/conversations/reply-to-conversation";
import type { Caller } from "../../lib/domain/viewer";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import { type Simulator, startSimulator } from "../../lib/embedded/simulator/server";
import { refreshTemplates, syncTemplates } from "../../lib/integrations/sync-templates";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { type MessageToSend, sendMessages } from "../../lib/outbound/send-messages";
import type { ProviderTemplate } from "../../lib/ports/sms";
import { createSmsProviders } from "../../lib/providers/sms";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { enqueueIn, enqueueQueued, findMessage } from "../support/outbox";
import { createIntegration, createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
const HOUR = 3_600_000;
let deps: TestDeps;
let workspace: TestWorkspace;
let sender: { id: string; sender: string };
let conversation: Awaited<ReturnType<typeof createConversation>>;
let agent: Caller;

const READY: ProviderTemplate = {
  contentSid: `HX${"a".repeat(32)}`,
  name: "commande_prete",
  language: "fr",
  body: "Bonjour {{1}}, votre {{2}} est prêt.",
  variables: [
    { name: "1", sample: "Claire" },
    { name: "2", sample: "vélo" },
  ],
  category: "utility",
  status: "approved",
  rejectionReason: null,
};
const PENDING: ProviderTemplate = {
  ...READY,
  contentSid: `HX${"b".repeat(32)}`,
  name: "soldes",
  status: "pending",
};

beforeEach(async () => {
  deps = testDeps(database);
  workspace = await createWorkspace(deps);
  const { workspaceId } = workspace;
  sender = await createIntegration(deps, workspace, { type: "whatsapp" });
  conversation = await createConversation(deps, workspace, { integrationId: sender.id });
  const actor = { kind: "system" } as const;
  agent = { workspaceId, integrations: "all", actor, role: "owner", scopes: null };
  deps.provider.templates = [READY, PENDING];
  await refreshTemplates(deps, agent, { id: sender.id });
});

const templates = () =>
  listTemplates(deps.db, { workspaceId: workspace.workspaceId, integrationId: sender.id });

const dispatch = () => dispatchAccount(deps, { accountId: workspace.account.id });

function reply(ref: string, variables: Record<string, string>) {
  return replyToConversation(deps, {
    acting: agent,
    conversationId: conversation.id,
    body: "",
    template: { ref, variables, language: null },
  });
}

function setInbound(lastInboundAt: Date | null) {
  return deps.db
    .update(conversations)
    .set({ lastInboundAt })
    .where(eq(conversations.id, conversation.id));
}

describe("the list of templates", () => {
  it("is the provider's: changes are taken over, those that are gone go, ids stay", async () => {
    const before = await templates();
    expect(before.map(({ name, status }) => [name, status])).toEqual([
      ["commande_prete", "approved"],
      ["soldes", "pending"],
    ]);
    deps.provider.templates = [{ ...READY, body: "Bonjour {{1}} !", variables: [] }];
    expect(await refreshTemplates(deps, agent, { id: sender.id })).toEqual({
      kind: "refreshed",
      count: 1,
    });
    expect(await templates()).toMatchObject([{ id: before[0]?.id, body: "Bonjour {{1}} !" }]);
  });

  it("is kept while the provider does not answer, and no SMS sender or stranger has one", async () => {
    deps.provider.templates = null;
    expect(await refreshTemplates(deps, agent, { id: sender.id })).toEqual({
      kind: "not_answered",
    });
    expect(await syncTemplates(deps)).toMatchObject({ templates: 0 });
    expect(await templates()).toHaveLength(2);
    const { integration } = workspace;
    expect(await refreshTemplates(deps, agent, { id: integration.id })).toEqual({
      kind: "not_found",
    });
    const stranger = { ...agent, workspaceId: (await createWorkspace(deps)).workspaceId };
    expect(await refreshTemplates(deps, stranger, { id: sender.id })).toEqual({
      kind: "not_found",
    });
  });
});

describe("outside the 24 h", () => {
  it("an approved template leaves by its SID with its values, and the thread shows its text", async () => {
    const outcome = await reply("commande_prete", { "1": "Ada", "2": "vélo" });
    if (outcome.kind !== "enqueued") throw new Error(JSON.stringify(outcome));
    expect(outcome.message).toMatchObject({
      kind: "template",
      body: "Bonjour Ada, votre vélo est prêt.",
    });
    await dispatch();
    expect(deps.provider.sent).toMatchObject([
      {
        channel: "whatsapp",
        template: { contentSid: READY.contentSid, variables: { "1": "Ada", "2": "vélo" } },
      },
    ]);
    expect((await findMessage(deps, outcome.message.id)).status).toBe("accepted");
  });

  it.each([
    ["nothing_of_that_name", {}, "template_not_found"],
    ["soldes", { "1": "a", "2": "b" }, "template_not_approved"],
    ["commande_prete", { "1": "Ada" }, "template_variable_missing"],
    ["commande_prete", { "1": "Ada", "2": "b", "3": "c" }, "template_variable_unknown"],
    ["commande_prete", { "1": "Ada\n", "2": "b" }, "template_variable_invalid"],
  ])("%s with %j is refused as %s, and nothing is stored", async (ref, variables, code) => {
    expect(await reply(ref, variables)).toMatchObject({ kind: "refused", code });
    const [row] = await deps.db
      .select()
      .from(conversations)
      .where(eq(conversations.id, conversation.id));
    expect(row?.lastSeq).toBe(0);
  });

  it("a free text is refused, also one that is scheduled for after the window's end", async () => {
    const { workspaceId } = workspace;
    const free = { workspaceId, conversationId: conversation.id, body: "Bonjour" };
    expect(await enqueueIn(deps, free)).toMatchObject({ code: "whatsapp_window_closed" });
    await setInbound(deps.clock.now());
    const sendAfter = new Date(deps.clock.now().getTime() + 25 * HOUR);
    expect(await enqueueIn(deps, { ...free, sendAfter })).toMatchObject({
      code: "whatsapp_window_closed",
    });
    expect(await enqueueIn(deps, free)).toMatchObject({ kind: "queued" });
  });

  it("a text whose turn comes after the window's end is not sent to be refused; a template is", async () => {
    await setInbound(deps.clock.now());
    const { workspaceId } = workspace;
    const expiresAt = new Date(deps.clock.now().getTime() + 72 * HOUR);
    const free = await enqueueQueued(deps, {
      workspaceId,
      conversationId: conversation.id,
      body: "Bonjour",
      expiresAt,
    });
    deps.clock.advance(24 * HOUR);
    await dispatch();
    expect(await findMessage(deps, free.id)).toMatchObject({
      status: "failed",
      statusReason: "whatsapp_window_closed",
      errorCode: "63016",
    });
    expect(deps.provider.sent).toHaveLength(0);
    await reply("commande_prete", { "1": "Ada", "2": "vélo" });
    await dispatch();
    expect(deps.provider.sent).toHaveLength(1);
  });

  it("a system sends it by SID or name to somebody new, in the language it asks for", async () => {
    const english = {
      ...READY,
      contentSid: `HX${"c".repeat(32)}`,
      language: "en_US",
      body: "Hello {{1}} {{2}}",
    };
    deps.provider.templates = [READY, english];
    await refreshTemplates(deps, agent, { id: sender.id });
    const send = (ref: string, language: string | null) => {
      const message: MessageToSend = {
        channel: "whatsapp",
        to: "+33199000888",
        body: "",
        template: { ref, variables: { "1": "Ada", "2": "vélo" }, language },
        email: null,
        mediaIds: [],
        sendAt: null,
        expiresAt: null,
        integrationId: sender.id,
        metadata: null,
        idempotencyKey: null,
      };
      return sendMessages(deps, { acting: agent, messages: [message] });
    };
    const bodies: string[] = [];
    for (const [ref, language] of [
      ["commande_prete", "en"],
      ["commande_prete", "fr"],
      [english.contentSid, null],
    ] as const) {
      const outcome = await send(ref, language);
      if (outcome.kind !== "stored") throw new Error(JSON.stringify(outcome));
      bodies.push((await findMessage(deps, outcome.messageIds[0] ?? "")).body);
    }
    expect(bodies).toEqual([
      "Hello Ada vélo",
      "Bonjour Ada, votre vélo est prêt.",
      "Hello Ada vélo",
    ]);
  });

  it("a system sends it to somebody who has no number on WhatsApp", async () => {
    deps.provider.templates = [READY];
    await refreshTemplates(deps, agent, { id: sender.id });
    const message: MessageToSend = {
      channel: "whatsapp",
      to: "whatsapp:FR.1234567",
      body: "",
      template: { ref: "commande_prete", variables: { "1": "Ada", "2": "vélo" }, language: null },
      email: null,
      mediaIds: [],
      sendAt: null,
      expiresAt: null,
      integrationId: sender.id,
      metadata: null,
      idempotencyKey: null,
    };
    const outcome = await sendMessages(deps, { acting: agent, messages: [message] });
    if (outcome.kind !== "stored") throw new Error(JSON.stringify(outcome));
    const row = await findMessage(deps, outcome.messageIds[0] ?? "");
    expect(row).toMatchObject({ toAddress: "FR.1234567", status: "queued" });
    const sms = { ...message, channel: "sms" as const, integrationId: null, template: null };
    const refused = await sendMessages(deps, { acting: agent, messages: [{ ...sms, body: "x" }] });
    expect(refused).toMatchObject({ refusal: { code: "invalid_phone_number" } });
  });
});

describe("by Twilio's protocol", () => {
  let network: Simulator;
  beforeAll(async () => {
    network = await startSimulator();
  });
  afterAll(() => network.close());

  it("templates are listed with their approvals, and sent by the real SDK", async () => {
    const { sid, token } = workspace.account;
    await simulatorControl(network.url).registerAccount({
      sid,
      token,
      webhookUrl: null,
      numbers: [{ number: sender.sender, type: "whatsapp" }],
    });
    const sms = createSmsProviders({
      log: deps.log,
      twilioApiUrl: network.url,
      fetchFile: () => Promise.reject(new Error("nothing is fetched here")),
      uuid: deps.chance.uuid,
    });
    const account = {
      id: workspace.account.id,
      provider: "twilio",
      sid,
      token,
      apiOrigin: null,
    } as const;
    const list = await sms("twilio").listTemplates(account);
    if (!list.ok) throw new Error(list.reason);
    expect(new Set(list.templates.map(({ status }) => status))).toEqual(
      new Set(["approved", "pending", "rejected"]),
    );
    const template = list.templates.find(({ name }) => name === "order_ready");
    expect(template?.variables.map(({ name }) => name)).toEqual(["name", "item"]);
    const request = {
      channel: "whatsapp",
      from: sender.sender,
      messagingServiceSid: null,
      to: "+33612345678",
      body: "",
      mediaUrls: [],
      statusCallback: "http://127.0.0.1:1/status",
      validitySeconds: null,
    } as const;
    const send = (contentSid: string, variables: Record<string, string>) =>
      sms("twilio").send(account, { ...request, template: { contentSid, variables } });
    const values = { name: "Ada", item: "bike" };
    expect(await send(template?.contentSid ?? "", values)).toMatchObject({ kind: "accepted" });
    expect(await send(template?.contentSid ?? "", {})).toMatchObject({ code: "63028" });
    expect(await send(`HX${"f".repeat(32)}`, values)).toMatchObject({ code: "63027" });
    const [taken] = await simulatorControl(network.url).messages({ to: "whatsapp:+33612345678" });
    expect(taken?.body).toBe("Hello Ada, your bike is ready. We are open until 7 pm.");
  });
});
