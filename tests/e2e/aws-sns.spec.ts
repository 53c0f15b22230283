import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { messages, users } from "../../db/schema";
import { freePort } from "../support/app-process";
import { inboxScreen, openInbox } from "../support/inbox-screen";
import { openPage } from "../support/listening-page";
import { startRunningApp } from "../support/running-app";
import { mintSessionCookie } from "../support/session";
import { type SimulatorProcess, startSimulatorProcess } from "../support/simulator-process";
import { english } from "../support/words";
import { createUser, createWorkspace } from "../support/workspace";

/** An administrator connects AWS SNS, and texts leave by it. */
const KEY = `AKIA${"2".repeat(16)}`;
const SECRET = "the secret of the key";
const PERSON = "+33199000831";

let folder: string;
let network: SimulatorProcess;
let app: Awaited<ReturnType<typeof startRunningApp>>;
let admin: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), "carillon-network-"));
  network = await startSimulatorProcess({ folder, port: await freePort() });
  await network.control.registerAccount({
    sid: KEY,
    token: SECRET,
    numbers: [{ number: "Carillon" }],
  });
  app = await startRunningApp({ AWS_ENDPOINT_URL_SNS: network.url });
  const { workspaceId } = await createWorkspace(app.deps);
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

test("R205 R401 the form connects AWS SNS once AWS has said that the key is good", async () => {
  await admin.goto("/settings/integrations/new");
  const label = (key: Parameters<typeof english>[0]) => admin.getByLabel(english(key));
  await label("settings.integrations.name").first().fill("AWS");
  await label("settings.integrations.provider").selectOption("aws_sns");
  await expect(admin.getByText(english("settings.integrations.sns.lastWord"))).toBeVisible();
  await label("settings.integrations.sns.accessKey").fill(KEY);
  await label("settings.integrations.sns.region").fill("eu-west-3");
  const secret = admin.getByLabel(english("settings.integrations.sns.secret"), { exact: true });
  await secret.fill("wrong");
  await label("settings.integrations.number").fill("Carillon");
  const connect = admin.getByRole("button", { name: english("settings.integrations.connect") });
  await connect.click();
  await expect(admin.getByText(english("errors.field.bad_key"))).toBeVisible();
  await secret.fill(SECRET);
  await connect.click();
  await admin.waitForURL(/\/settings\/integrations\/[0-9a-f-]{36}/);
  await expect(admin.getByText(english("settings.integrations.sns.lastWord"))).toBeVisible();
});

test("R205 a text leaves by AWS once, and `sent` is its last word", async () => {
  // What is sent before the thread is on the screen has to be seen all the same.
  await admin.route("**/inbox/data/conversation?*", async (route) => {
    const response = await route.fetch();
    await expect.poll(async () => (await network.control.messages({ to: PERSON })).length).toBe(1);
    await expect.poll(statuses).toEqual(["sent"]);
    await route.fulfill({ response });
  });
  await openInbox(admin);
  await admin.keyboard.press("c");
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel(english("composer.start.to")).fill(PERSON);
  const label = english("composer.start.sender.sms", { name: "AWS", number: "Carillon" });
  await dialog.getByLabel(english("composer.start.from")).selectOption({ label });
  await dialog.getByRole("textbox", { name: english("composer.field") }).fill("Hello by AWS");
  await dialog.getByRole("button", { name: english("composer.send") }).click();
  const inbox = inboxScreen(admin, english);
  await expect(inbox.tick("Hello by AWS", "sent")).toBeVisible();
  const taken = await network.control.messages({ to: PERSON });
  expect(taken).toMatchObject([{ from: "Carillon", body: "Hello by AWS" }]);
});

async function statuses() {
  const sent = app.deps.db.select().from(messages).where(eq(messages.toAddress, PERSON));
  return (await sent).map(({ status }) => status);
}
