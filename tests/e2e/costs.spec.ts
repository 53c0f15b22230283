import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_WORKSPACES } from "../../db/demo/cast";
import { conversations, workspaces } from "../../db/schema";
import { createClient } from "../support/api";
import { type InboxScreen, inboxScreen } from "../support/inbox-screen";
import { comeInAs } from "../support/people";
import { type PhoneScreen, phoneScreen } from "../support/phone-screen";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/** An administrator says what messages cost and may cost, and sees what that does. */
const PHONE = "+33199000761";
const NAME = "01 99 00 07 61";

let app: Awaited<ReturnType<typeof startRunningApp>>;
let marc: Page;
let tom: Page;
let inbox: InboxScreen;
let phone: PhoneScreen;
let authorization: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  marc = await comeInAs(browser, app, "marc");
  tom = await comeInAs(browser, app, "tom");
  inbox = inboxScreen(marc, french);
  phone = phoneScreen(tom, english);
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [demo] = await app.deps.db.select().from(workspaces).where(eq(workspaces.slug, slug));
  if (!demo) throw new Error("the demo is not there");
  authorization = (await createClient(app.deps, demo.id, { role: "agent" })).authorization;
});

test.afterAll(async () => {
  await app?.stop();
});

test("R032 a price that is changed is what the composer estimates with", async () => {
  await tom.goto("/simulator");
  await phone.addPhone(PHONE);
  await phone.write("Bonjour, combien coûte un SMS ?");
  await marc.goto("/inbox");
  await inbox.open(NAME);
  await inbox.composer.fill("Peu de chose.");
  const estimate = inbox.pane.locator("[data-estimate]");
  await expect(estimate).toHaveAttribute("data-estimate", "0.05 EUR");
  await expect(estimate).toHaveText(/^≈ 0,05\s€$/);

  await marc.goto("/settings/costs");
  await marc.getByLabel(`${french("settings.costs.amount")}: SMS France`).fill("0,09");
  await marc.getByRole("button", { name: french("settings.costs.savePrices") }).click();
  await expect(marc.getByText(french("ui.saved"))).toBeVisible();

  await marc.goto("/inbox");
  await inbox.open(NAME);
  await inbox.composer.fill("Peu de chose.");
  await expect(estimate).toHaveText(/^≈ 0,09\s€$/);
  await inbox.composer.press("Control+Enter");
  await expect(inbox.tick("Peu de chose.", "delivered")).toBeVisible();
});

test("a price that cannot be read is told at its row, and a row can be added and taken away", async () => {
  await marc.goto("/settings/costs");
  await marc.getByRole("button", { name: french("settings.costs.addRow") }).click();
  const all = french("settings.costs.allCountries");
  await marc.getByLabel(`${french("settings.costs.amount")}: SMS ${all}`).fill("cher");
  await marc.getByRole("button", { name: french("settings.costs.savePrices") }).click();
  await expect(marc.getByText(french("errors.field.amount"))).toBeVisible();
  const name = french("settings.costs.removeRow", { name: `SMS ${all}` });
  await marc.getByRole("button", { name }).click();
  await marc.getByRole("button", { name: french("settings.costs.savePrices") }).click();
  await expect(marc.getByText(french("ui.saved"))).toBeVisible();
});

test("a used-up budget holds a system's message and says so, lets a reply leave, and ends with a larger cap", async () => {
  await setCap("0,09");
  await expect(marc.getByText(french("settings.costs.isUsedUp"))).toBeVisible();
  const alerts = marc.getByRole("region", { name: french("shell.alerts.label") });
  await expect(alerts).toContainText(french("shell.alerts.openCosts"));
  const body = "Votre dossier est prêt.";
  const [talk] = await app.deps.db
    .select()
    .from(conversations)
    .where(eq(conversations.address, PHONE));
  const { integrationId } = talk ?? {};
  const sent = await fetch(`${app.origin}/api/v1/messages`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ channel: "sms", to: PHONE, body, integrationId }),
  });
  expect(sent.status).toBe(202);
  expect(await sent.json()).toMatchObject({ status: "queued", statusReason: "budget_used_up" });

  await marc.goto("/inbox");
  await inbox.open(NAME);
  await expect(inbox.bubble(body)).toContainText(french("thread.reasons.budget_used_up"));
  const reply = "Je vous réponds tout de même.";
  await inbox.composer.fill(reply);
  await inbox.composer.press("Control+Enter");
  await expect(inbox.tick(reply, "delivered")).toBeVisible();
  await expect(phone.received(reply)).toBeVisible();
  await expect(phone.received(body)).toHaveCount(0);

  await setCap("500");
  await marc.goto("/inbox");
  await inbox.open(NAME);
  await expect(inbox.tick(body, "delivered")).toBeVisible();
  await expect(inbox.bubble(body)).not.toContainText(french("thread.reasons.budget_used_up"));
  await expect(phone.received(body)).toBeVisible();
});

async function setCap(amount: string) {
  await marc.goto("/settings/costs");
  await marc.getByLabel(french("settings.costs.hardCap")).fill(amount);
  await marc.getByRole("button", { name: french("settings.costs.saveBudget") }).click();
  await expect(marc.getByText(french("ui.saved"))).toBeVisible();
}
