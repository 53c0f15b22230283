import { expect, type Locator, type Page, test } from "@playwright/test";
import { type InboxScreen, inboxScreen } from "../support/inbox-screen";
import { comeInAs } from "../support/people";
import { type PhoneScreen, phoneScreen } from "../support/phone-screen";
import { PHOTO } from "../support/photo";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/** WhatsApp's 24 h: while they are open one answers freely, afterwards by approved templates. */
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
  phone = phoneScreen(tom, english, "whatsapp");
});

test.afterAll(async () => {
  await app?.stop();
});

const tooMany = french("composer.files.faults.too_many_media");
const attachments = (place: Locator) =>
  place.getByRole("list", { name: french("composer.files.label") }).getByRole("listitem");
const ready = (place: Locator) =>
  attachments(place).filter({ hasText: french("composer.files.ready") });
const sendButton = (place: Locator) =>
  place.getByRole("button", { name: french("composer.send"), exact: true });

const banner = () =>
  inbox.pane.getByRole("status").filter({ hasText: french("composer.banners.windowClosed.title") });

test("outside the 24 h the composer offers the approved templates, with their places to fill", async () => {
  await tom.goto("/simulator");
  await phone.addPhone("+33199000741");
  await phone.write("Bonjour, mon tandem ?");
  await expect(phone.sent("Bonjour, mon tandem ?")).toBeVisible();
  await ines.goto("/inbox");
  await inbox.open("01 99 00 07 41");
  await expect(inbox.bubble("Bonjour, mon tandem ?")).toBeVisible();
  await expect(banner()).toBeHidden();
  // A day passes.
  await app.deps.sql`
    update conversations set last_inbound_at = last_inbound_at - interval '25 hours'
    where address = '+33199000741'`;
  await ines.reload();
  await expect(banner()).toBeVisible();
  await expect(inbox.composer).toBeDisabled();
  const offer = french("composer.banners.windowClosed.template");
  await banner().getByRole("button", { name: offer }).click();
  const dialog = ines.getByRole("dialog");
  await expect(dialog.getByRole("option")).toHaveCount(4);
  await dialog.getByPlaceholder(french("composer.templates.search")).fill("commande");
  await ines.keyboard.press("Enter");
  const preview = dialog.getByLabel(french("composer.templates.preview"));
  await expect(preview).toContainText("Bonjour {{prenom}}, votre {{article}} est prêt");
  await dialog.getByLabel("Valeur de prenom").fill("Hélène");
  await dialog.getByLabel("Valeur de article").fill("tandem");
  await expect(preview).toContainText("Bonjour Hélène, votre tandem est prêt");
  await dialog.getByRole("button", { name: french("composer.templates.send") }).click();
  await expect(dialog).toBeHidden();
  await expect(inbox.tick("Bonjour Hélène, votre tandem est prêt", "read")).toBeVisible();
});

test("it arrives on the phone, and the person's answer opens the window again", async () => {
  await expect(phone.received("votre tandem est prêt")).toBeVisible();
  await phone.write("Merci, j’arrive !");
  await expect(inbox.bubble("Merci, j’arrive !")).toBeVisible();
  await expect(banner()).toBeHidden();
  await inbox.composer.fill("À tout de suite.");
  await inbox.composer.press("Control+Enter");
  await expect(phone.received("À tout de suite.")).toBeVisible();
});

test("R417 a second file is refused by its name before it is uploaded: WhatsApp carries one a message", async () => {
  const uploads: string[] = [];
  ines.on("request", (request) => {
    if (request.url().endsWith("/api/v1/media")) uploads.push(request.method());
  });
  await inbox.pane.locator("input[type=file]").setInputFiles([PHOTO, PHOTO]);
  await expect(ready(inbox.pane)).toHaveCount(1);
  const refused = attachments(inbox.pane).filter({ hasText: tooMany });
  await expect(refused).toBeVisible();
  await expect(inbox.pane.getByRole("note")).toHaveText(
    "WhatsApp porte un seul fichier par message : retirez les autres et envoyez-les l’un après l’autre.",
  );
  await inbox.composer.fill("La photo.");
  await expect(sendButton(inbox.pane)).toBeDisabled();
  expect(uploads).toHaveLength(1);
  // The first one goes: the second may leave now, and only now it is uploaded.
  await attachments(inbox.pane)
    .first()
    .getByRole("button", { name: /^Retirer/ })
    .click();
  await expect(ready(inbox.pane)).toHaveCount(1);
  await expect(inbox.pane.getByRole("note")).toHaveCount(0);
  expect(uploads).toHaveLength(2);
  await inbox.composer.press("Control+Enter");
  await expect(phone.received("La photo.").getByRole("img")).toBeVisible();
});

test("R417 files that SMS takes are too many once the sender is switched to WhatsApp, and go by SMS again", async () => {
  await ines.getByRole("button", { name: french("inbox.compose") }).click();
  const dialog = ines.getByRole("dialog");
  const from = dialog.getByLabel(french("composer.start.from"), { exact: true });
  await dialog.getByLabel(french("composer.start.to"), { exact: true }).fill("01 99 00 07 42");
  const bySms = await from.inputValue();
  await dialog.locator("input[type=file]").setInputFiles([PHOTO, PHOTO]);
  await expect(ready(dialog)).toHaveCount(2);
  const whatsApp = from.locator("option", { hasText: "WhatsApp" });
  await from.selectOption(await whatsApp.getAttribute("value"));
  await expect(attachments(dialog).filter({ hasText: tooMany })).toHaveCount(1);
  await expect(sendButton(dialog)).toBeDisabled();
  await from.selectOption(bySms);
  await expect(ready(dialog)).toHaveCount(2);
  await expect(sendButton(dialog)).toBeEnabled();
  await ines.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("a file that is still on its way to us goes along when another sender is chosen", async () => {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const uploads = "**/api/v1/media";
  await ines.route(uploads, async (route) => {
    await released;
    await route.continue();
  });
  await inbox.pane.locator("input[type=file]").setInputFiles(PHOTO);
  await expect(attachments(inbox.pane).getByRole("progressbar")).toHaveCount(1);
  await inbox.pane.getByRole("button", { name: /^Envoi depuis/ }).click();
  await ines.getByRole("menuitemradio").filter({ hasNotText: "WhatsApp" }).first().click();
  const dialog = ines.getByRole("dialog");
  await expect(attachments(dialog).getByRole("progressbar")).toHaveCount(1);
  release();
  await expect(ready(dialog)).toHaveCount(1);
  await expect(attachments(inbox.pane)).toHaveCount(0);
  await ines.unroute(uploads);
  await ines.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("an administrator sees what WhatsApp thinks of each template, and refreshes the list", async ({
  browser,
}) => {
  const lea = await comeInAs(browser, app, "lea");
  await lea.goto("/settings/integrations");
  await lea.getByRole("link", { name: /WhatsApp/ }).click();
  const section = lea.locator("section").filter({
    has: lea.getByRole("heading", { name: french("settings.integrations.templatesTitle") }),
  });
  await expect(section.getByRole("listitem")).toHaveCount(6);
  await expect(section).toContainText(french("settings.templates.statuses.rejected"));
  await section.getByRole("button", { name: french("settings.templates.refresh") }).click();
  await expect(lea.getByText("6 modèles.")).toBeVisible();
});
