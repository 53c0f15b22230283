import { expect, type Page, test } from "@playwright/test";
import { inboxScreen } from "../support/inbox-screen";
import { countLoads, signInToDemo } from "../support/people";
import { phoneScreen } from "../support/phone-screen";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/**
 * The main job, in a production build: somebody texts from the phone on the screen, two agents see it
 * at once, one answers, the phone gets it, and the receipt comes back to both.
 */
const NUMBER = "+33199000777";
const NAME = "01 99 00 07 77";
const QUESTION = "Bonjour, avez-vous encore des vélos pour samedi ?";
const ANSWER = "Bonjour, oui : il en reste quatre.";
const CROSSING = "Bonjour, je regarde et je vous réponds.";

let app: Awaited<ReturnType<typeof startRunningApp>>;
let ines: Page;
let marc: Page;
let customer: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  ines = await signInToDemo(browser, app.origin, "ines");
  marc = await signInToDemo(browser, app.origin, "marc");
  customer = await signInToDemo(browser, app.origin, "tom");
  await customer.goto("/simulator");
});

test.afterAll(async () => {
  await app?.stop();
});

test("the app under test is the production build", () => {
  expect(app.isProduction).toBe(true);
});

test("a new customer's text appears in both agents' inboxes without reload", async () => {
  const loads = [countLoads(ines), countLoads(marc)];
  const phone = phoneScreen(customer, english);
  await phone.addPhone(NUMBER);
  await phone.write(QUESTION);
  for (const agent of [ines, marc]) {
    const card = inboxScreen(agent, french).card(NAME);
    await expect(card).toContainText(QUESTION);
    await expect(card).toHaveAccessibleName(new RegExp(french("inbox.card.label", one(NAME))));
  }
  expect(loads.map((count) => count())).toEqual([0, 0]);
});

test("an answer by Ctrl+Enter reaches the phone and turns to delivered before both agents", async () => {
  const phone = phoneScreen(customer, english);
  const [writer, reader] = [inboxScreen(ines, french), inboxScreen(marc, french)];
  await writer.card(NAME).click();
  await reader.card(NAME).click();
  for (const agent of [writer, reader]) await expect(agent.bubble(QUESTION)).toBeVisible();
  const loads = [countLoads(ines), countLoads(marc), countLoads(customer)];
  await writer.composer.fill(ANSWER);
  await writer.composer.press("Control+Enter");
  await expect(writer.composer).toHaveValue("");
  await expect(phone.received(ANSWER)).toHaveAttribute("data-status", "delivered");
  await expect(writer.tick(ANSWER, "delivered")).toBeVisible();
  await expect(reader.bubble(ANSWER)).toContainText("Inès Benali");
  await expect(reader.tick(ANSWER, "delivered")).toBeVisible();
  await expect(phone.received(ANSWER)).toHaveCount(1);
  expect(loads.map((count) => count())).toEqual([0, 0, 0]);
});

test("a reply that crosses a colleague's is stopped by the server and offered to be sent anyway", async () => {
  const phone = phoneScreen(customer, english);
  const [first, second] = [inboxScreen(ines, french), inboxScreen(marc, french)];
  const held = await holdReply(marc, CROSSING);
  await second.composer.fill(CROSSING);
  await second.composer.press("Control+Enter");
  await held.isHeld;
  const overtaking = "Je vous en réserve deux.";
  await first.composer.fill(overtaking);
  await first.composer.press("Control+Enter");
  await expect(phone.received(overtaking)).toBeVisible();
  held.release();

  const banner = marc.getByRole("alert").filter({
    hasText: french("composer.moved.colleague", { name: "Inès Benali" }),
  });
  await expect(banner).toContainText(overtaking);
  await expect(second.composer).toHaveValue(CROSSING);
  await expect(phone.received(CROSSING)).toHaveCount(0);

  // A file that cannot leave would be left behind without a word.
  const anyway = banner.getByRole("button", { name: french("composer.moved.send") });
  const buffer = Buffer.alloc(17 * 1024 * 1024);
  await second.pane
    .locator("input[type=file]")
    .setInputFiles({ name: "devis.pdf", mimeType: "application/pdf", buffer });
  const file = second.pane.getByRole("listitem").filter({ hasText: "devis.pdf" });
  await expect(file.getByRole("alert")).toBeVisible();
  await expect(anyway).toBeDisabled();
  await file.getByRole("button", { name: /^Retirer/ }).click();
  await anyway.click();
  await expect(banner).toBeHidden();
  await expect(phone.received(CROSSING)).toHaveAttribute("data-status", "delivered");
  await expect(first.tick(CROSSING, "delivered")).toBeVisible();
  await expect(phone.received(CROSSING)).toHaveCount(1);
});

function one(name: string) {
  return { name, unread: 1, time: "" };
}

/** A reply that says so stays on the wire until it is let go. */
async function holdReply(page: Page, text: string) {
  let release: () => void = () => undefined;
  let reach: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isHeld = new Promise<void>((resolve) => {
    reach = resolve;
  });
  await page.route("**/inbox/**", async (route) => {
    if (route.request().postData()?.includes(text)) {
      reach();
      await released;
    }
    await route.continue();
  });
  return { isHeld, release: () => release() };
}
