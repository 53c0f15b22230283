import { type Browser, expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { users } from "../../db/schema";
import { openPage } from "../support/listening-page";
import { startRunningApp } from "../support/running-app";
import { mintSessionCookie } from "../support/session";
import { signedRequest, smsFields } from "../support/twilio-request";
import { openWebhookSink, type Received, type WebhookSink } from "../support/webhook-sink";
import { english } from "../support/words";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

/** An administrator connects a CRM that wants to be told what happens, and it has a bad day. */
type Told = { type: string; data: Record<string, unknown> };

let sink: WebhookSink;
let app: Awaited<ReturnType<typeof startRunningApp>>;
let workspace: TestWorkspace;
let admin: Page;
let secret = "";

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  sink = await openWebhookSink();
  // The sweep comes once a minute: what arrives sooner was rung for.
  app = await startRunningApp({ TWILIO_API_URL: sink.url });
  workspace = await createWorkspace(app.deps);
  admin = await comeIn(browser, "Ada Admin");
});

test.afterAll(async () => {
  await app?.stop();
  await sink?.close();
});

async function comeIn(browser: Browser, name: string): Promise<Page> {
  const user = await createUser(app.deps, workspace.workspaceId, "admin", name);
  await app.deps.db.update(users).set({ locale: "en" }).where(eq(users.id, user.id));
  const { origin: appUrl, authSecret } = app;
  const cookie = await mintSessionCookie(app.deps, { userId: user.id, authSecret, appUrl });
  const context = await browser.newContext({ baseURL: appUrl });
  await context.addCookies([{ name: cookie.name, value: cookie.value, url: appUrl }]);
  return openPage(context);
}

/** What a receiver makes of a request; one that is not genuine, or is old, fails the test. */
function verify({ headers, body }: Received): Told {
  return new Webhook(secret).verify(body, headers as Record<string, string>) as Told;
}

const isHook = ({ path }: Received) => path === "/crm";
const say = (key: Parameters<typeof english>[0]) => english(key);
const press = (key: Parameters<typeof english>[0]) =>
  admin.getByRole("button", { name: say(key), exact: true });
const latest = () => admin.getByRole("main").getByRole("listitem").first();

async function text(body: string) {
  const { token } = workspace.account;
  const fields = smsFields(workspace, { Body: body });
  const request = signedRequest(fields, { token, origin: app.origin });
  const { url, method, headers } = request;
  const answer = await fetch(`${app.origin}${url}`, {
    method,
    headers: headers as Record<string, string>,
    body: new Uint8Array(request.body),
  });
  expect(answer.status).toBe(200);
}

test("R234 an endpoint is added; its secret is shown once, an address inside is refused", async () => {
  await admin.goto("/settings/webhooks");
  await expect(admin.getByText(say("settings.webhooks.empty"))).toBeVisible();
  await press("settings.webhooks.new").click();
  await admin.getByLabel(say("settings.webhooks.url")).fill("http://127.0.0.1:1/crm");
  await press("settings.webhooks.create").click();
  await expect(admin.getByText(say("errors.field.url_private"))).toBeVisible();
  await admin.getByLabel(say("settings.webhooks.url")).fill(`${sink.url}/crm`);
  await admin.getByLabel(say("settings.webhooks.description")).fill("Our CRM");
  await press("settings.webhooks.create").click();
  const shown = admin.getByLabel(say("settings.webhooks.secret"));
  await expect(shown).toHaveValue(/^whsec_/);
  secret = await shown.inputValue();
  await press("ui.continue").click();
  await expect(admin.getByRole("heading", { name: "Our CRM" })).toBeVisible();
  await expect(admin.getByText(secret)).toHaveCount(0);
  await expect(admin.getByText(say("settings.webhooks.noDeliveries"))).toBeVisible();
});

test("R234 a test and a received text reach it within seconds, signed", async () => {
  await press("settings.webhooks.test").click();
  const [tested] = await sink.until(1, isHook);
  expect(tested && verify(tested)).toMatchObject({ type: "webhook.test" });
  await expect(latest()).toContainText(say("settings.webhooks.statuses.delivered"));
  await text("Bonjour, où en est ma commande ?");
  const [, received] = await sink.until(2, isHook);
  expect(received && verify(received)).toMatchObject({
    type: "message.received",
    data: { body: "Bonjour, où en est ma commande ?", from: "+33612345678", direction: "in" },
  });
});

test("R234 a failure is shown with its answer, and is tried again after five seconds by itself", async () => {
  sink.answer = () => ({ status: 500, body: "The CRM has no disk left" });
  await text("Encore moi");
  const [first] = (await sink.until(3, isHook)).slice(2);
  sink.answer = () => ({ status: 204 });
  const [, second] = (await sink.until(4, isHook)).slice(2);
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  await admin.reload();
  await expect(latest()).toContainText("message.received");
  await latest().locator("summary").click();
  await expect(latest()).toContainText("The CRM has no disk left");
  await expect(latest()).toContainText(String(first?.headers["webhook-id"]));
});

test("R234 an event is sent again by hand, under its id", async () => {
  await latest()
    .getByRole("button", { name: say("settings.webhooks.replay") })
    .click();
  const again = (await sink.until(5, isHook)).at(-1);
  expect(again && verify(again)).toMatchObject({ type: "message.received" });
  await expect(latest()).toContainText(String(again?.headers["webhook-id"]));
});

test("R234 one that wants nothing more is disabled, which is told, and can be enabled again", async () => {
  sink.answer = () => ({ status: 410 });
  await press("settings.webhooks.test").click();
  await sink.until(6, isHook);
  await expect(admin.getByText(say("settings.webhooks.disabledBecause.gone"))).toBeVisible();
  await admin.reload();
  const alert = admin.getByRole("region", { name: say("shell.alerts.label") });
  await expect(alert).toContainText(say("shell.alerts.webhookText.gone"));
  sink.answer = () => ({ status: 200 });
  await press("settings.webhooks.enable").click();
  await sink.until(7, isHook);
  await expect(admin.getByText(say("settings.webhooks.activeMeans"))).toBeVisible();
  await expect(alert).toHaveCount(0);
  await admin.goto("/settings/webhooks");
  await expect(latest()).toContainText(say("settings.webhooks.state.active"));
});

test("R234 a new secret signs beside the old one", async () => {
  await admin.getByRole("link", { name: "Our CRM" }).click();
  await press("settings.webhooks.rotate").click();
  await admin
    .getByRole("alertdialog")
    .getByRole("button", { name: say("settings.webhooks.rotate") })
    .click();
  const shown = admin.getByLabel(say("settings.webhooks.secret"));
  await expect(shown).toHaveValue(/^whsec_/);
  const old = secret;
  const fresh = await shown.inputValue();
  expect(fresh).not.toBe(old);
  await press("settings.webhooks.test").click();
  const last = (await sink.until(8, isHook)).at(-1);
  if (!last) throw new Error("nothing came");
  for (const one of [old, fresh]) {
    secret = one;
    expect(verify(last)).toMatchObject({ type: "webhook.test" });
  }
});
