import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { freePort } from "../support/app-process";
import { inboxScreen } from "../support/inbox-screen";
import { openPage } from "../support/listening-page";
import { startRunningApp } from "../support/running-app";
import { type SimulatorProcess, startSimulatorProcess } from "../support/simulator-process";
import { english } from "../support/words";

/**
 * Without the demo: a fresh production app whose environment names an account, and TWILIO_API_URL any
 * server that speaks Twilio's protocol, here the simulator in a process of its own.
 */
const ACCOUNT = { sid: `AC${"5e".repeat(16)}`, token: "a token that only the two know" };
const OURS = "+33199000301";
const THEIRS = "+33199000302";
const THEIR_NAME = "01 99 00 03 02";
const OWNER = { email: "camille@example.test", password: "une phrase que personne ne devine" };

let folder: string;
let network: SimulatorProcess;
let app: Awaited<ReturnType<typeof startRunningApp>>;
let owner: Page;
let setupLink: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), "carillon-network-"));
  network = await startSimulatorProcess({ folder, port: await freePort() });
  app = await startRunningApp({
    TWILIO_ACCOUNT_SID: ACCOUNT.sid,
    TWILIO_AUTH_TOKEN: ACCOUNT.token,
    TWILIO_PHONE_NUMBER: OURS,
    TWILIO_API_URL: network.url,
  });
  await network.control.registerAccount({
    ...ACCOUNT,
    webhookUrl: `${app.origin}/api/webhooks/twilio#rc=5&rp=all`,
    numbers: [{ number: OURS }],
  });
  owner = await openPage(await browser.newContext({ baseURL: app.origin }));
});

test.afterAll(async () => {
  await app?.stop();
  await network?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("the link that the launcher prints makes the first owner, once", async ({ browser }) => {
  await expect.poll(() => findSetupLink()).not.toBeNull();
  setupLink = findSetupLink() ?? "";
  await owner.goto(setupLink);
  await owner.getByLabel(english("auth.workspaceName")).fill("Atelier du Quai");
  await owner.getByLabel(english("auth.name"), { exact: true }).fill("Camille Roy");
  await owner.getByLabel(english("auth.email")).fill(OWNER.email);
  await owner.getByLabel(english("auth.password"), { exact: true }).fill(OWNER.password);
  await owner.getByRole("button", { name: english("auth.setupSubmit") }).click();
  await owner.waitForURL("**/inbox");

  const stranger = await browser.newPage();
  await stranger.goto(setupLink);
  await expect(stranger.getByText(english("auth.deadLink"))).toBeVisible();
  await stranger.close();
});

test("R004 the account of the environment is the workspace's system integration at once", async () => {
  await owner.goto("/settings/integrations");
  const row = owner.getByRole("listitem").filter({ hasText: "01 99 00 03 01" });
  await expect(row).toContainText(english("settings.integrations.system"));
  await expect(row).toContainText(english("settings.integrations.default"));
});

test("a text that the server signs arrives in the inbox without reload", async () => {
  await owner.goto("/inbox");
  const inbox = inboxScreen(owner, english);
  await expect(inbox.list).toBeVisible();
  const { webhook } = await network.control.send({
    from: THEIRS,
    to: OURS,
    body: "Is my bike ready?",
    wait: true,
  });
  expect(webhook).toMatchObject({ httpStatus: 200, body: expect.stringContaining("<Response") });
  await expect(inbox.card(THEIR_NAME)).toContainText("Is my bike ready?");
});

test("R207 the answer leaves to that server, once, and its receipts come back", async () => {
  const inbox = inboxScreen(owner, english);
  await inbox.open(THEIR_NAME);
  await inbox.composer.fill("It is: come before six.");
  await inbox.composer.press("Control+Enter");
  await expect(inbox.tick("It is: come before six.", "delivered")).toBeVisible();
  const sent = await network.control.messages({ direction: "outbound-api" });
  expect(sent).toMatchObject([
    { from: OURS, to: THEIRS, body: "It is: come before six.", status: "delivered" },
  ]);
  expect(sent[0]?.receipts.map(({ outcome }) => outcome)).not.toContain("failed");
});

/** From the log of the launcher; null until it has said it. */
function findSetupLink(): string | null {
  return app.said().match(/http:\/\/127\.0\.0\.1:\d+\/setup\?token=[\w-]+/)?.[0] ?? null;
}
