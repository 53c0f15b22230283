import { type Browser, expect, type Page, test } from "@playwright/test";
import { and, eq } from "drizzle-orm";
import { DEMO_WORKSPACES } from "../../db/demo/cast";
import { memberships, workspaces } from "../../db/schema";
import { createClient } from "../support/api";
import { type InboxScreen, inboxScreen } from "../support/inbox-screen";
import { comeInAs } from "../support/people";
import { type PhoneScreen, phoneScreen } from "../support/phone-screen";
import { startRunningApp } from "../support/running-app";
import { french } from "../support/words";

/** An administrator decides what may leave, and when; everybody sees what waits. */
const PHONE = "+33199000763";
const NAME = "01 99 00 07 63";
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

let app: Awaited<ReturnType<typeof startRunningApp>>;
let marc: Page;
let ines: Page;
let inbox: InboxScreen;
let phone: PhoneScreen;
let admin: Page;
let authorization: string;
let demo: typeof workspaces.$inferSelect;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }: { browser: Browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  marc = await comeInAs(browser, app, "marc");
  admin = await comeInAs(browser, app, "marc");
  ines = await comeInAs(browser, app, "ines");
  inbox = inboxScreen(ines, french);
  phone = phoneScreen(marc, french);
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [found] = await app.deps.db.select().from(workspaces).where(eq(workspaces.slug, slug));
  if (!found) throw new Error("the demo is not there");
  demo = found;
  authorization = (await createClient(app.deps, demo.id, { role: "agent" })).authorization;
});

test.afterAll(async () => {
  await app?.stop();
});

const everything = () =>
  admin.getByRole("switch", { name: french("sending.labels.all"), exact: true });
const banner = (page: Page, words: typeof french) =>
  page.getByRole("region", { name: words("sending.banner.label"), exact: true });

test("R203 an administrator pauses all sending: a colleague's reply waits and says so, and leaves when it is lifted", async () => {
  await marc.goto("/simulator");
  await phone.addPhone(PHONE);
  await phone.write("Bonjour, êtes-vous ouverts ?");
  await ines.goto("/inbox");
  await inbox.open(NAME);

  await admin.goto("/settings/sending");
  await everything().click();
  await admin.getByRole("button", { name: french("sending.confirm"), exact: true }).click();
  await expect(everything()).not.toBeChecked();
  await expect(banner(admin, french)).toContainText("Marc");

  await inbox.composer.fill("Oui, jusqu’à 18 h.");
  await inbox.composer.press("Control+Enter");
  await expect(inbox.bubble("jusqu’à 18 h")).toContainText(french("thread.reasons.sending_paused"));
  await ines.goto("/notifications");
  await expect(banner(ines, french)).toContainText("Marc");
  await ines.goto("/inbox");
  await inbox.open(NAME);

  await everything().click();
  await expect(everything()).toBeChecked();
  await expect(inbox.tick("jusqu’à 18 h", "delivered")).toBeVisible();
  await expect(banner(admin, french)).toHaveCount(0);
});

test("R205 a channel is switched off and the switch is undone at once", async () => {
  const sms = admin.getByRole("switch", { name: "SMS", exact: true });
  await sms.click();
  await admin.getByRole("button", { name: french("sending.confirm"), exact: true }).click();
  await expect(sms).not.toBeChecked();
  const told = admin
    .getByRole("listitem")
    .filter({ hasText: french("sending.paused", { name: french("sending.names.sms") }) });
  await told.getByRole("button", { name: french("sending.undo"), exact: true }).click();
  await expect(sms).toBeChecked();
});

test("R219 working hours that are chosen hold an alert", async () => {
  await admin.goto("/settings/notifications");
  await admin.getByRole("button", { name: french("notificationSettings.hoursAdd") }).click();
  // Hours of the day after tomorrow alone: now is outside of them in every zone.
  const later = DAYS[(new Date().getUTCDay() + 1) % 7] ?? "mon";
  const day = (name: (typeof DAYS)[number]) =>
    admin.getByRole("button", { name: french(`preferences.quiet.names.${name}`), exact: true });
  if ((await day(later).getAttribute("aria-pressed")) === "false") await day(later).click();
  for (const name of DAYS) {
    const isOn = (await day(name).getAttribute("aria-pressed")) === "true";
    if (name !== later && isOn) await day(name).click();
  }
  await admin.getByRole("button", { name: french("ui.save"), exact: true }).click();
  await expect(admin.getByText(french("ui.saved"))).toBeVisible();
  const [member] = await app.deps.db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.workspaceId, demo.id), eq(memberships.role, "agent")));
  const alert = { alertType: "anomaly", severity: "high", title: "Couteau", message: "Hall B" };
  const told = await marc.request.post("/api/v1/alerts", {
    headers: { authorization },
    data: { ...alert, userId: member?.userId },
  });
  const { deliveries } = await told.json();
  expect(deliveries).toContainEqual(
    expect.objectContaining({ status: "held", reason: "outside_working_hours" }),
  );
});
