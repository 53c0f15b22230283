import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { type InboxScreen, inboxScreen } from "../support/inbox-screen";
import { comeInAs } from "../support/people";
import { type PhoneScreen, phoneScreen } from "../support/phone-screen";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/** What people say about being written to: recorded, enforced, taken back, and proved. */
let app: Awaited<ReturnType<typeof startRunningApp>>;
let ines: Page;
let tom: Page;
let inbox: InboxScreen;
let phone: PhoneScreen;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  ines = await comeInAs(browser, app, "ines");
  tom = await comeInAs(browser, app, "tom");
  inbox = inboxScreen(ines, french);
  phone = phoneScreen(tom, english);
  await tom.goto("/simulator");
  await phone.addPhone("+33199000731");
  await phone.write("Bonjour, une question.");
  await ines.goto("/inbox");
  await inbox.open("01 99 00 07 31");
});

test.afterAll(async () => {
  await app?.stop();
});

const banner = () =>
  inbox.pane.getByRole("status").filter({ hasText: french("composer.banners.optedOut.title") });

test("an agent records an opt-out in words, and nobody can write any more", async () => {
  await ines.getByRole("button", { name: french("contacts.consent.record") }).click();
  const dialog = ines.getByRole("dialog");
  await dialog.getByLabel(french("contacts.consent.words")).fill("Dit au téléphone : plus de SMS");
  await dialog.getByRole("button", { name: french("ui.save") }).click();
  await expect(dialog).toBeHidden();
  await expect(banner()).toBeVisible();
  await expect(inbox.composer).toBeDisabled();
  const line = "Vous avez noté un désabonnement : « Dit au téléphone : plus de SMS »";
  await expect(inbox.thread.getByText(line)).toBeVisible();
});

test("the thread stays at its end when the banner takes room, and START opens it again", async () => {
  await expect(inbox.bubble("Bonjour, une question.")).toBeInViewport({ ratio: 1 });
  await phone.write("START");
  await expect(banner()).toBeHidden();
  await expect(inbox.composer).toBeEnabled();
});

test("a stop that is no keyword is asked about, and dismissed or recorded", async () => {
  await phone.write("Stop, merci");
  const asked = inbox.bubble("Stop, merci").getByRole("status");
  await expect(asked).toBeVisible();
  await expect(inbox.composer).toBeEnabled();
  await asked.getByRole("button", { name: french("thread.probableStop.dismiss") }).click();
  await expect(asked).toBeHidden();
  await phone.write("stop svp");
  const again = inbox.bubble("stop svp").getByRole("status");
  await again.getByRole("button", { name: french("thread.probableStop.record") }).click();
  await expect(again).toBeHidden();
  await expect(banner()).toBeVisible();
});

test("the history says who, when and in which words", async () => {
  await ines.getByRole("button", { name: french("contacts.consent.history") }).click();
  const dialog = ines.getByRole("dialog");
  const entries = dialog.getByRole("listitem");
  await expect(entries).toHaveCount(3);
  await expect(entries.nth(0)).toContainText("stop svp");
  await expect(entries.nth(1)).toContainText("START");
  await expect(entries.nth(1)).toContainText(french("contacts.consent.sources.keyword"));
  await expect(entries.nth(2)).toContainText("Dit au téléphone : plus de SMS");
  await expect(entries.nth(2)).toContainText("Inès");
  await expect(dialog.getByRole("link")).toHaveCount(0);
});

test("an administrator downloads the ledger as proof", async ({ browser }) => {
  const lea = await comeInAs(browser, app, "lea");
  await lea.goto("/settings/workspace");
  const download = lea.waitForEvent("download");
  await lea.getByRole("link", { name: french("settings.workspace.consentsExport") }).click();
  const file = await (await download).path();
  const proof = await readFile(file, "utf8");
  expect(proof.split("\r\n")[0]).toContain("words");
  expect(proof).toContain("Dit au téléphone : plus de SMS");
});
