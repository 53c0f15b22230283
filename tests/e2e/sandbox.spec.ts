import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { users } from "../../db/schema";
import { freePort } from "../support/app-process";
import { inboxScreen } from "../support/inbox-screen";
import { openPage } from "../support/listening-page";
import { startRunningApp } from "../support/running-app";
import { mintSessionCookie } from "../support/session";
import { type SimulatorProcess, startSimulatorProcess } from "../support/simulator-process";
import { english } from "../support/words";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

/** Twilio's WhatsApp sandbox: connected, used, and refused by a person who has not joined it. */
const SANDBOX = "+14155238886";
const SHOWN = "+1 415 523 8886";
const PERSON = "+33199000771";
const NOTE = english("composer.sandbox", { number: SHOWN });

let folder: string;
let network: SimulatorProcess;
let app: Awaited<ReturnType<typeof startRunningApp>>;
let workspace: TestWorkspace;
let admin: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), "carillon-network-"));
  network = await startSimulatorProcess({ folder, port: await freePort() });
  app = await startRunningApp({ TWILIO_API_URL: network.url });
  workspace = await createWorkspace(app.deps);
  const { account, integration, workspaceId } = workspace;
  await network.control.registerAccount({
    sid: account.sid,
    token: account.token,
    webhookUrl: `${app.origin}/api/webhooks/twilio`,
    numbers: [{ number: integration.sender }, { number: SANDBOX, type: "whatsapp" }],
  });
  const user = await createUser(app.deps, workspaceId, "admin", "Ada Admin");
  await app.deps.db.update(users).set({ locale: "en" }).where(eq(users.id, user.id));
  const { origin: appUrl, authSecret } = app;
  const cookie = await mintSessionCookie(app.deps, { userId: user.id, authSecret, appUrl });
  const context = await browser.newContext({ baseURL: appUrl });
  await context.addCookies([{ name: cookie.name, value: cookie.value, url: appUrl }]);
  admin = await openPage(context);
});

test.afterAll(async () => {
  await app?.stop();
  await network?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("R111 R315 the form offers the sandbox's pace, and its page says how it is joined", async () => {
  const label = (key: "name" | "type" | "number" | "pace") =>
    admin.getByLabel(english(`settings.integrations.${key}`), { exact: true });
  await admin.goto("/settings/integrations/new");
  await label("name").fill("Trying out");
  await label("type").selectOption("whatsapp");
  await admin.getByLabel("Account SID").fill(workspace.account.sid);
  await admin.getByLabel("Auth Token", { exact: true }).fill(workspace.account.token);
  await label("number").fill(SANDBOX);
  await admin.getByText(english("settings.integrations.advanced"), { exact: true }).click();
  await expect(admin.getByText(english("settings.integrations.usualPace.sandbox"))).toBeVisible();
  await admin.getByRole("button", { name: "Use 0.33", exact: true }).click();
  await expect(label("pace")).toHaveValue("0.33");
  await admin.getByRole("button", { name: english("settings.integrations.connect") }).click();
  await admin.waitForURL(/\/settings\/integrations\/[0-9a-f-]{36}/);
  const title = english("settings.integrations.sandboxTitle");
  const section = admin
    .locator("section")
    .filter({ has: admin.getByRole("heading", { name: title, exact: true }) });
  await expect(section.getByRole("listitem")).toHaveText(
    (["open", "join", "days", "real"] as const).map((step) => english(`settings.sandbox.${step}`)),
  );
});

test("R111 a number of one's own has no such section", async () => {
  await admin.goto("/settings/integrations");
  await admin.getByRole("link", { name: /Main/ }).click();
  await expect(
    admin.getByRole("heading", { name: english("settings.integrations.testTitle") }),
  ).toBeVisible();
  const title = english("settings.integrations.sandboxTitle");
  await expect(admin.getByRole("heading", { name: title, exact: true })).toHaveCount(0);
});

test("R111 R315 a conversation by the sandbox says whom it reaches, others do not", async () => {
  const inbox = inboxScreen(admin, english);
  const [from, to] = [`whatsapp:${PERSON}`, `whatsapp:${SANDBOX}`];
  await network.control.send({ from, to, body: "I have joined", wait: true });
  const own = workspace.integration.sender;
  await network.control.send({ from: PERSON, to: own, body: "By SMS", wait: true });
  await admin.goto("/inbox");
  await inbox.card("I have joined").click();
  await expect(inbox.pane.getByRole("note").filter({ hasText: NOTE })).toBeVisible();
  await inbox.card("By SMS").click();
  await expect(inbox.bubble("By SMS")).toBeVisible();
  await expect(inbox.pane.getByText(NOTE)).toHaveCount(0);
});

test("R111 R315 a new conversation says so once the sandbox is chosen", async () => {
  await admin.getByRole("button", { name: english("inbox.compose") }).click();
  const dialog = admin.getByRole("dialog");
  await expect(dialog.getByText(NOTE)).toHaveCount(0);
  const from = dialog.getByLabel(english("composer.start.from"), { exact: true });
  const sandbox = from.locator("option", { hasText: "Trying out" });
  await from.selectOption(await sandbox.getAttribute("value"));
  await expect(dialog.getByText(NOTE)).toBeVisible();
  await admin.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("a message that fails with 63015 says what is to be done, and leaves once they have joined", async () => {
  const inbox = inboxScreen(admin, english);
  await network.control.setSwitches(PERSON, { failWith: 63015 });
  await inbox.card("I have joined").click();
  await expect(inbox.bubble("I have joined")).toBeVisible();
  await inbox.composer.fill("Are you still in?");
  await inbox.composer.press("Control+Enter");
  await expect(inbox.tick("Are you still in?", "undelivered")).toBeVisible();
  const bubble = inbox.bubble("Are you still in?");
  await expect(bubble).toContainText(`send join and your code to ${SHOWN} by WhatsApp`);
  await expect(bubble).toContainText("63015");
  await network.control.calmDown(PERSON);
  await bubble.getByRole("button", { name: english("thread.deeds.retry") }).click();
  await expect(inbox.tick("Are you still in?", "read")).toBeVisible();
});
