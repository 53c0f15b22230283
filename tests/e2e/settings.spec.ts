import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { and, eq } from "drizzle-orm";
import { conversations, integrations, users } from "../../db/schema";
import type { Role } from "../../lib/domain/words";
import { freePort } from "../support/app-process";
import { inboxScreen } from "../support/inbox-screen";
import { openPage } from "../support/listening-page";
import { startRunningApp } from "../support/running-app";
import { mintSessionCookie } from "../support/session";
import { type SimulatorProcess, startSimulatorProcess } from "../support/simulator-process";
import { english } from "../support/words";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

/** An administrator connects numbers of an account that another server keeps, and looks after people. */
const ACCOUNT = { sid: `AC${"7b".repeat(16)}`, token: "the token of the second account" };
const DESK = "+33199000401";
const STRANGER = "+33199000402";

let folder: string;
let network: SimulatorProcess;
let app: Awaited<ReturnType<typeof startRunningApp>>;
let workspace: TestWorkspace;
let second: Parameters<SimulatorProcess["control"]["registerAccount"]>[0];
let admin: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), "carillon-network-"));
  network = await startSimulatorProcess({ folder, port: await freePort() });
  app = await startRunningApp({ TWILIO_API_URL: network.url });
  workspace = await createWorkspace(app.deps);
  const webhookUrl = `${app.origin}/api/webhooks/twilio`;
  await network.register(workspace, webhookUrl);
  second = { ...ACCOUNT, friendlyName: "Second account", webhookUrl, numbers: [{ number: DESK }] };
  await network.control.registerAccount(second);
  admin = await comeIn(browser, "admin", "Ada Admin");
});

test.afterAll(async () => {
  await app?.stop();
  await network?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("R005 R033 R115 R116 the form says how to get an account and a number, and how to leave the trial", async () => {
  await admin.goto("/settings/integrations/new");
  const title = english("settings.twilioHelp.title");
  const help = admin
    .locator("section")
    .filter({ has: admin.getByRole("heading", { name: title, exact: true }) });
  for (const step of ["account", "credentials", "number", "trial"] as const) {
    await expect(help.getByText(english(`settings.twilioHelp.${step}`))).toBeVisible();
  }
  const links = help.getByRole("link");
  await expect(links).toHaveCount(6);
  for (const link of await links.all()) {
    expect(await link.getAttribute("href")).toMatch(/^https:\/\/(www|console)\.twilio\.com/);
  }
});

test("R412 R413 wrong credentials and a wrong number are told in words, and nothing is saved", async () => {
  await admin.goto("/settings/integrations/new");
  await fillNumber({ name: "Desk", sid: ACCOUNT.sid, token: "wrong", number: DESK });
  await expect(said("Account SID or Auth Token invalid. The SID starts with AC")).toBeVisible();
  await admin.getByLabel("Account SID").fill("SK123");
  await submitNumber();
  await expect(said("An Account SID starts with AC")).toBeVisible();
  await fillNumber({ name: "Desk", sid: ACCOUNT.sid, token: ACCOUNT.token, number: "06 12" });
  await expect(said("international number (+33…)")).toBeVisible();
  await admin.goto("/settings/integrations");
  await expect(admin.getByRole("main").getByRole("listitem")).toHaveCount(1);
});

test("R416 R419 a number is connected by the form and made the default one", async () => {
  await admin.goto("/settings/integrations/new");
  await admin.getByLabel(english("settings.integrations.isDefault")).click();
  await fillNumber({ name: "Desk", sid: ACCOUNT.sid, token: ACCOUNT.token, number: DESK });
  await admin.waitForURL(/\/settings\/integrations\/[0-9a-f-]{36}/);
  await admin.goto("/settings/integrations");
  const rows = admin.getByRole("main").getByRole("listitem");
  const isDefault = english("settings.integrations.default");
  await expect(rows.filter({ hasText: "Desk" })).toContainText(isDefault);
  await expect(rows.filter({ hasText: "Main" })).not.toContainText(isDefault);
});

test("R104 R034 the live test sends a text and shows its SID and status", async () => {
  await openDesk();
  await admin.getByLabel(english("settings.test.to")).fill(STRANGER);
  await admin.getByRole("button", { name: english("settings.test.run") }).click();
  await expect(admin.getByText("Credentials accepted (account Second account)")).toBeVisible();
  const report = admin.getByRole("definition");
  await expect(report.filter({ hasText: /^SM[0-9a-f]{32}$/ })).toBeVisible();
  await expect(report.filter({ hasText: "Delivered" })).toBeVisible();
  const sent = await network.control.messages({ to: STRANGER });
  expect(sent).toMatchObject([{ from: DESK, direction: "outbound-api" }]);
});

test("R405 R412 R413 R414 R415 where texts go, and what can be wrong, is explained on the number's page", async () => {
  await openDesk();
  for (const [title, text] of [
    ["Account SID or Auth Token invalid", "The SID starts with AC"],
    ["Invalid number", "with + and the country code"],
    ["webhook not received", "use a tunnel such as ngrok"],
    ["Texts are not received", "the Twilio account has credit"],
  ] as const) {
    const card = admin.locator("details").filter({ hasText: title });
    await card.locator("summary").click();
    await expect(card.getByText(text)).toBeVisible();
  }
  await expect(admin.getByLabel(english("settings.webhook.label"))).toHaveValue(
    `${app.origin}/api/webhooks/twilio#rc=5&rp=all`,
  );
  await expect(admin.getByText(english("settings.webhook.step2"))).toBeVisible();
  await expect(admin.getByText(english("settings.webhook.step3"))).toBeVisible();
});

test("where texts go is set at the provider by a button, and they come in by it", async () => {
  await openDesk();
  const section = admin.locator("section").filter({
    has: admin.getByRole("heading", { name: english("settings.integrations.webhookTitle") }),
  });
  await expect(section).toContainText("Twilio delivers received messages elsewhere");
  await section.getByRole("button", { name: english("settings.webhook.put") }).click();
  await expect(section).toContainText(english("settings.webhook.isOurs"));
  await admin.reload();
  await expect(section).toContainText(english("settings.webhook.isOurs"));
  await network.control.send({ from: STRANGER, to: DESK, body: "By the new address" });
  await admin.goto("/inbox");
  await expect(inboxScreen(admin, english).card("By the new address")).toBeVisible();
});

test("a number that only some may see shows its conversations to them alone", async ({
  browser,
}) => {
  const allowed = await comeIn(browser, "agent", "Alma Allowed");
  const other = await comeIn(browser, "agent", "Otto Other");
  await openDesk();
  await admin.getByLabel(english("settings.integrations.visibility")).selectOption("some");
  await admin.getByRole("checkbox", { name: "Alma Allowed" }).click();
  await admin.getByRole("button", { name: english("ui.save"), exact: true }).click();
  await expect(admin.getByText(english("ui.saved"), { exact: true })).toBeVisible();
  await Promise.all([allowed.goto("/inbox"), other.goto("/inbox")]);
  await network.control.send({ from: STRANGER, to: DESK, body: "Only for Alma", wait: true });
  await network.control.send({
    from: STRANGER,
    to: workspace.integration.sender,
    body: "For everybody",
    wait: true,
  });
  await expect(inboxScreen(allowed, english).card("01 99 00 04 02")).toHaveCount(2);
  await expect(inboxScreen(other, english).card("01 99 00 04 02")).toHaveCount(1);
  await expect(inboxScreen(other, english).card("01 99 00 04 02")).toContainText("For everybody");
});

test("R003 an administrator gives a person their phone number, in any way of writing it", async () => {
  await admin.goto("/settings/people");
  await admin
    .getByRole("button", { name: english("settings.people.actionsFor", { name: "Otto Other" }) })
    .click();
  await admin.getByRole("menuitem", { name: english("settings.people.changePhone") }).click();
  const dialog = admin.getByRole("dialog");
  const field = dialog.getByLabel(english("settings.people.phone"), { exact: true });
  await field.fill("12");
  await dialog.getByRole("button", { name: english("ui.save") }).click();
  await expect(dialog.getByRole("alert")).toContainText("like +33612345678");
  await field.fill("01 99 00 04 09");
  await dialog.getByRole("button", { name: english("ui.save") }).click();
  await expect(dialog).toBeHidden();
  const row = admin.getByRole("listitem").filter({ hasText: "Otto Other" });
  await expect(row).toContainText("+33199000409");
});

test("an account that is refused stops and says so; after the repair what waited is asked about", async () => {
  await network.control.registerAccount({ ...second, token: "changed at the provider" });
  await openConversation();
  const screen = inboxScreen(admin, english);
  await screen.composer.fill("Are you still there?");
  await screen.composer.press("Control+Enter");
  await expect(screen.bubble("Are you still there?")).toContainText(
    english("thread.reasons.account_stopped"),
  );
  await admin.reload();
  const stopped = admin.getByRole("alert").filter({ hasText: "sending is stopped" });
  await expect(stopped).toContainText("1 message waits");
  await stopped.getByRole("button", { name: english("shell.stopped.check") }).click();
  await expect(admin.getByText(english("errors.action.check_credentials"))).toBeVisible();
  await network.control.registerAccount(second);
  await stopped.getByRole("button", { name: english("shell.stopped.check") }).click();
  const mended = admin.getByRole("status").filter({ hasText: "1 message waited" });
  await mended.getByRole("button", { name: "Send it" }).click();
  await expect(admin.getByText("1 message is being sent.")).toBeVisible();
  await expect(mended).toBeHidden();
  await expect(screen.tick("Are you still there?", "delivered")).toBeVisible();
  const sent = await network.control.messages({ to: STRANGER });
  expect(sent.filter(({ body }) => body === "Are you still there?")).toHaveLength(1);
});

test("R204 R219 a pace makes a message wait its turn and says so; without it all leave, each once", async () => {
  const screen = inboxScreen(admin, english);
  await setPace("1");
  await openConversation();
  for (const body of ["The first of two", "The second of two"]) {
    await screen.composer.fill(body);
    await screen.composer.press("Control+Enter");
  }
  await expect(screen.bubble("The second of two")).toContainText(english("thread.reasons.paced"));
  await expect.poll(arrived).toEqual(["The first of two"]);
  await setPace("");
  await openConversation();
  await expect(screen.tick("The second of two", "delivered")).toBeVisible();
  expect(await arrived()).toEqual(["The first of two", "The second of two"]);
});

/** Which of the two texts the network has, in its order. */
async function arrived() {
  const sent = await network.control.messages({ to: STRANGER });
  return sent.map(({ body }) => body).filter((body) => body?.endsWith("of two"));
}

/** Messages a minute of the workspace; what the form refuses is told at its field. */
async function setPace(perMinute: string) {
  await admin.goto("/settings/workspace");
  const tries = admin.getByLabel(english("settings.workspace.attempts"));
  await admin.getByLabel(english("settings.workspace.pace")).fill(perMinute);
  await tries.fill("11");
  await admin.getByRole("button", { name: english("ui.save"), exact: true }).click();
  await expect(said(english("errors.field.max_attempts"))).toBeVisible();
  await tries.fill("4");
  await admin.getByRole("button", { name: english("ui.save"), exact: true }).click();
  await expect(admin.getByText(english("ui.saved"), { exact: true })).toBeVisible();
}

async function openConversation() {
  const [desk] = await app.deps.db
    .select({ id: conversations.id })
    .from(conversations)
    .innerJoin(integrations, eq(integrations.id, conversations.integrationId))
    .where(and(eq(integrations.sender, DESK), eq(conversations.address, STRANGER)));
  await admin.goto(`/inbox/${desk?.id}`);
  await expect(inboxScreen(admin, english).thread.getByRole("article").first()).toBeVisible();
}

/** What the form says went wrong; Next's own announcer is an alert too. */
function said(text: string) {
  return admin.getByRole("alert").filter({ hasText: text });
}

/** Somebody of the workspace with a session of their own. */
async function comeIn(browser: Browser, role: Role, name: string): Promise<Page> {
  const user = await createUser(app.deps, workspace.workspaceId, role, name);
  await app.deps.db.update(users).set({ locale: "en" }).where(eq(users.id, user.id));
  const { origin: appUrl, authSecret } = app;
  const cookie = await mintSessionCookie(app.deps, { userId: user.id, authSecret, appUrl });
  const context = await browser.newContext({ baseURL: appUrl });
  await context.addCookies([{ name: cookie.name, value: cookie.value, url: appUrl }]);
  return openPage(context);
}

type NumberForm = { name: string; sid: string; token: string; number: string };

async function fillNumber({ name, sid, token, number }: NumberForm) {
  await admin.getByLabel(english("settings.integrations.name"), { exact: true }).fill(name);
  await admin.getByLabel("Account SID").fill(sid);
  await admin.getByLabel("Auth Token", { exact: true }).fill(token);
  await admin.getByLabel(english("settings.integrations.number")).fill(number);
  await submitNumber();
}

function submitNumber() {
  return admin.getByRole("button", { name: english("settings.integrations.connect") }).click();
}

async function openDesk() {
  await admin.goto("/settings/integrations");
  await admin.getByRole("link", { name: /Desk/ }).click();
  await admin.waitForURL(/\/settings\/integrations\/[0-9a-f-]{36}/);
}
