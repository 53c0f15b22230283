import { type Browser, expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { preferences, users } from "../../db/schema";
import { raiseNotifications } from "../../lib/notifications/raise-notifications";
import { openPage } from "../support/listening-page";
import { anAlert } from "../support/notifications";
import { startRunningApp } from "../support/running-app";
import { mintSessionCookie } from "../support/session";
import { english } from "../support/words";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

/** Somebody chooses how they are reached, and reads what became of what was meant for them. */
let app: Awaited<ReturnType<typeof startRunningApp>>;
let workspace: TestWorkspace;
let user: Awaited<ReturnType<typeof createUser>>;
let page: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp();
  workspace = await createWorkspace(app.deps);
  user = await createUser(app.deps, workspace.workspaceId, "member", "Mia Member");
  await app.deps.db.update(users).set({ locale: "en" }).where(eq(users.id, user.id));
  page = await comeIn(browser);
});

test.afterAll(async () => {
  await app?.stop();
});

async function comeIn(browser: Browser): Promise<Page> {
  const { origin: appUrl, authSecret } = app;
  const cookie = await mintSessionCookie(app.deps, { userId: user.id, authSecret, appUrl });
  const context = await browser.newContext({ baseURL: appUrl });
  await context.addCookies([{ name: cookie.name, value: cookie.value, url: appUrl }]);
  return openPage(context);
}

async function chosen() {
  const [row] = await app.deps.db
    .select()
    .from(preferences)
    .where(eq(preferences.personId, user.personId));
  return row;
}

const saved = () =>
  expect(
    page.getByRole("status").getByText(english("preferences.saved"), { exact: true }),
  ).toBeVisible();

test("R008 R009 R010 what is chosen is saved by itself, and is there after a reload", async () => {
  await page.goto("/preferences");
  const sms = page.getByRole("switch", { name: english("preferences.channels.sms"), exact: true });
  const minimum = page.getByLabel(
    english("preferences.channels.minimum", { channel: english("preferences.channels.sms") }),
  );
  await expect(minimum).toHaveValue("critical");
  await minimum.selectOption("medium");
  await saved();
  await sms.click();
  await expect(minimum).toBeDisabled();
  await saved();
  await page
    .getByRole("checkbox", {
      name: english("preferences.categories.by", {
        category: english("preferences.categories.loans"),
        channel: english("preferences.channels.email"),
      }),
    })
    .click();
  await saved();
  await page.reload();
  await expect(sms).not.toBeChecked();
  await expect(minimum).toHaveValue("medium");
  expect((await chosen())?.choices).toMatchObject({
    enabledChannels: ["web", "email", "whatsapp"],
    minSeverity: { sms: "medium" },
    categories: { loans: ["email"] },
  });
});

test("R012 quiet hours are added, changed and taken away; two equal times are told", async () => {
  await page.getByRole("button", { name: english("preferences.quiet.add") }).click();
  const start = page.getByLabel(english("preferences.quiet.start"), { exact: true });
  const end = page.getByLabel(english("preferences.quiet.end"), { exact: true });
  await expect(start).toHaveValue("22:00");
  await start.fill("07:00");
  await end.focus();
  await expect(page.getByText(english("preferences.quiet.same"))).toBeVisible();
  await start.fill("21:30");
  await end.focus();
  await page.getByRole("button", { name: english("preferences.quiet.names.sat") }).click();
  await saved();
  await expect
    .poll(async () => (await chosen())?.choices?.quietHours)
    .toEqual([{ days: ["mon", "tue", "wed", "thu", "fri", "sun"], start: "21:30", end: "07:00" }]);
  await page.getByRole("button", { name: english("preferences.quiet.remove") }).click();
  await expect(page.getByText(english("preferences.quiet.none"))).toBeVisible();
  await expect.poll(async () => (await chosen())?.choices?.quietHours).toEqual([]);
});

test("R014 R015 a preset applies at once, and can be undone", async () => {
  const cap = page.getByLabel(english("preferences.volume.cap"));
  await expect(cap).toHaveValue("5");
  await page.getByRole("button", { name: english("preferences.presets.intensive") }).click();
  await expect(cap).toHaveValue("10");
  await saved();
  expect((await chosen())?.choices).toMatchObject({ maxPerHour: 10, aggregation: false });
  await page.getByRole("button", { name: english("preferences.undo") }).click();
  await expect(cap).toHaveValue("5");
  await expect.poll(async () => (await chosen())?.choices?.aggregation).toBe(true);
});

test("what is muted says until when, and ends by a click", async () => {
  await page.getByRole("button", { name: english("preferences.mute.hour"), exact: true }).click();
  const unmute = page.getByRole("button", { name: english("preferences.mute.unmute") });
  await expect(unmute).toBeVisible();
  await expect.poll(async () => (await chosen())?.mutedUntil).not.toBeNull();
  await page.reload();
  await unmute.click();
  await expect(unmute).toBeHidden();
  await expect.poll(async () => (await chosen())?.mutedUntil).toBeNull();
});

test("what could not be saved is taken back and told", async () => {
  const sms = page.getByRole("switch", { name: english("preferences.channels.sms"), exact: true });
  await expect(sms).not.toBeChecked();
  await page.context().setOffline(true);
  await sms.click();
  await expect(page.getByText(english("preferences.notSaved"))).toBeVisible();
  await expect(sms).not.toBeChecked();
  await page.context().setOffline(false);
});

test("R211 somebody reads what was meant for them, and why it came where", async () => {
  const acting = { workspaceId: workspace.workspaceId, actor: { kind: "system" } as const };
  const alert = anAlert(user.personId, {
    recipient: { userId: user.id },
    title: "🚨 <b>Knife</b> at the gate",
    channels: null,
    severity: "high",
  });
  await raiseNotifications(app.deps, { acting, notifications: [alert] });
  await page.goto("/notifications");
  await expect(page.getByRole("heading", { name: "🚨 <b>Knife</b> at the gate" })).toBeVisible();
  await page.getByText(english("notifications.why")).click();
  await expect(page.getByText("No WhatsApp number configured")).toBeVisible();
  await expect(page.getByText("E-mail delivery not configured")).toBeVisible();
  const bell = page.getByRole("button", { name: "Notifications, 1 unread" });
  await expect(bell).toBeVisible();
  await page.getByRole("button", { name: english("notifications.markRead") }).click();
  await expect(page.getByRole("button", { name: english("notifications.markRead") })).toBeHidden();
  await expect(bell).toBeHidden();
});
