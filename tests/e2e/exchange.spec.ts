import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { type InboxScreen, inboxScreen } from "../support/inbox-screen";
import { comeInAs } from "../support/people";
import { type PhoneScreen, phoneScreen } from "../support/phone-screen";
import { PHOTO } from "../support/photo";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/** Photos both ways, and what an agent reads and can do when a message does not get through. */
let app: Awaited<ReturnType<typeof startRunningApp>>;
let ines: Page;
let tom: Page;
let inbox: InboxScreen;
let phone: PhoneScreen;

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  ines = await comeInAs(browser, app, "ines");
  tom = await comeInAs(browser, app, "tom");
  inbox = inboxScreen(ines, french);
  phone = phoneScreen(tom, english);
});

test.afterAll(async () => {
  await app?.stop();
});

test.beforeEach(async () => {
  await Promise.all([ines.goto("/inbox"), tom.goto("/simulator")]);
});

test("a photo from the phone is seen in the thread and over the whole screen", async () => {
  await phone.addPhone("+33199000721");
  await phone.phone.getByRole("button", { name: english("simulator.extras.open") }).click();
  await tom.getByRole("menuitem", { name: english("simulator.extras.samplePhoto") }).click();
  await phone.write("La chaîne a sauté.");
  await inbox.open("01 99 00 07 21");
  const picture = inbox.bubble("La chaîne a sauté.").getByRole("img");
  await expectToBeDrawn(picture);
  await picture.click();
  const lightbox = ines.getByRole("dialog");
  await expectToBeDrawn(lightbox.getByRole("img"));
  await ines.keyboard.press("Escape");
  await expect(lightbox).toBeHidden();
});

test("an agent's photo goes to a French phone as a link, which opens it there for anybody", async ({
  browser,
}) => {
  await customerWrites("+33199000722", "Avez-vous une photo ?");
  await inbox.open("01 99 00 07 22");
  await inbox.pane.locator("input[type=file]").setInputFiles(PHOTO);
  await expect(inbox.pane.getByText(french("composer.files.ready"))).toBeVisible();
  await expect(inbox.pane.getByRole("note")).toHaveText(
    french("composer.files.asLinks", { count: 1 }),
  );
  await inbox.composer.fill("La voici.");
  await inbox.composer.press("Control+Enter");
  await expect(inbox.tick("La voici.", "delivered")).toBeVisible();
  await expectToBeDrawn(inbox.bubble("La voici.").getByRole("img"));
  await expect(inbox.bubble("La voici.")).toContainText(french("thread.asLinks", { count: 1 }));
  await expect(inbox.bubble("La voici.").getByRole("link")).toHaveCount(0);
  const link = await phone.received("La voici.").getByRole("link").getAttribute("href");
  const stranger = await browser.newContext();
  const shown = await stranger.newPage();
  const response = await shown.goto(link ?? "");
  expect(response?.headers()["content-type"]).toBe("image/png");
  await expectToBeDrawn(shown.getByRole("img"));
  await stranger.close();
});

test("R417 that files go as links is said before they leave, and no more once none is left", async () => {
  await customerWrites("+33199000729", "Deux photos ?");
  await inbox.open("01 99 00 07 29");
  const note = inbox.pane.getByRole("note");
  await expect(note).toHaveCount(0);
  await inbox.pane.locator("input[type=file]").setInputFiles([PHOTO, PHOTO]);
  await expect(note).toHaveText(french("composer.files.asLinks", { count: 2 }));
  const files = inbox.pane.getByRole("list", { name: french("composer.files.label") });
  for (const left of [1, 0]) {
    await files
      .getByRole("button", { name: /^Retirer/ })
      .first()
      .click();
    await expect(note).toHaveCount(left);
  }
});

test("R417 a file that the channel does not carry is refused before it is uploaded", async () => {
  await customerWrites("+33199000728", "Un devis ?");
  await inbox.open("01 99 00 07 28");
  const uploads: string[] = [];
  ines.on("request", (request) => {
    if (request.url().endsWith("/api/v1/media")) uploads.push(request.method());
  });
  const path = test.info().outputPath("devis.pdf");
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, Buffer.alloc(17 * 1024 * 1024));
  await inbox.pane.locator("input[type=file]").setInputFiles(path);
  const file = inbox.pane.getByRole("listitem").filter({ hasText: "devis.pdf" });
  await expect(file.getByRole("alert")).toContainText("Trop lourd (16 Mo au plus)");
  expect(uploads).toEqual([]);
  await file.getByRole("button").click();
  await expect(file).toBeHidden();
});

test("an undelivered message says why in words, and Retry sends it again", async () => {
  await customerWrites("+33199000723", "Je coupe mon téléphone.");
  await setFault("unreachable", true);
  await inbox.open("01 99 00 07 23");
  const text = "Votre vélo est réparé.";
  await inbox.composer.fill(text);
  await inbox.composer.press("Control+Enter");
  await expect(inbox.tick(text, "undelivered")).toBeVisible();
  const bubble = inbox.bubble(text);
  await expect(bubble).toContainText(
    "Le téléphone est éteint, hors réseau ou ne peut pas recevoir",
  );
  await expect(bubble).toContainText("30003");
  await expect(inbox.card("01 99 00 07 23")).toContainText(french("inbox.card.failed"));

  await setFault("unreachable", false);
  await bubble.getByRole("button", { name: french("thread.deeds.retry") }).click();
  await expect(inbox.tick(text, "delivered")).toBeVisible();
  await expect(inbox.bubble(text)).toHaveCount(1);
  await expect(phone.received(text)).toHaveCount(2);
});

test("a person who sends STOP is not written to until they send START", async () => {
  await customerWrites("+33199000724", "Bonjour");
  await inbox.open("01 99 00 07 24");
  await phone.write("STOP");
  const banner = inbox.pane
    .getByRole("status")
    .filter({ hasText: french("composer.banners.optedOut.title") });
  await expect(banner).toBeVisible();
  await expect(inbox.composer).toBeDisabled();
  await phone.write("START");
  await expect(banner).toBeHidden();
  await inbox.composer.fill("Content de vous revoir.");
  await inbox.composer.press("Control+Enter");
  await expect(inbox.tick("Content de vous revoir.", "delivered")).toBeVisible();
});

test("an opt-out that only the provider knows fails in words and closes the composer", async () => {
  await customerWrites("+33199000725", "Allô ?");
  await setFault("optedOut", true);
  await inbox.open("01 99 00 07 25");
  await inbox.composer.fill("Bonjour !");
  await inbox.composer.press("Control+Enter");
  await expect(inbox.tick("Bonjour !", "failed")).toBeVisible();
  await expect(inbox.bubble("Bonjour !")).toContainText(french("errors.provider.21610"));
  await expect(inbox.composer).toBeDisabled();
  await expect(phone.received("Bonjour !")).toHaveCount(0);
});

test("a number that fails twice holds its messages back until it is corrected under To do", async () => {
  await customerWrites("+33199000726", "Bonjour");
  await setFault("unreachable", true);
  await inbox.open("01 99 00 07 26");
  for (const text of ["Premier essai", "Deuxième essai"]) {
    await inbox.composer.fill(text);
    await inbox.composer.press("Control+Enter");
    await expect(inbox.tick(text, "undelivered")).toBeVisible();
  }
  const banner = inbox.pane
    .getByRole("status")
    .filter({ hasText: french("composer.banners.badNumber.mend") });
  await expect(banner).toBeVisible();
  await inbox.composer.fill("Votre vélo vous attend.");
  await inbox.composer.press("Control+Enter");
  await expect(inbox.bubble("Votre vélo vous attend.")).toContainText(
    french("thread.reasons.bad_number"),
  );
  await banner.getByRole("link").click();
  await expect(ines.getByRole("link", { name: `${french("shell.tasks")} 1` })).toBeVisible();
  const task = ines.getByRole("article", { name: "01 99 00 07 26" });
  await expect(task).toContainText("1 message attend");
  const number = task.getByLabel(french("tasks.number"));
  await number.fill("12");
  await number.press("Enter");
  await expect(task.getByRole("alert")).toContainText("+33612345678");
  await phone.addPhone("+33199000727");
  await number.fill("01 99 00 07 27");
  await number.press("Enter");
  await expect(ines.getByText("Numéro corrigé. 1 message part.")).toBeVisible();
  await expect(task).toBeHidden();
  await expect(phone.received("Votre vélo vous attend.")).toBeVisible();
  await ines.goto("/inbox");
  await inbox.open("01 99 00 07 27");
  await expect(inbox.tick("Votre vélo vous attend.", "delivered")).toBeVisible();
});

async function customerWrites(number: string, text: string) {
  await phone.addPhone(number);
  await phone.write(text);
  await expect(phone.sent(text)).toBeVisible();
}

/** A switch of the simulator, for the phone in the hand. */
async function setFault(fault: "unreachable" | "optedOut", isOn: boolean) {
  const name = english(`simulator.faults.of.${fault}.name`);
  const control = tom.getByRole("switch", { name });
  await control.click();
  await expect(control).toBeChecked({ checked: isOn });
}

/** The bytes came and are a picture. */
async function expectToBeDrawn(picture: Locator) {
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
}
