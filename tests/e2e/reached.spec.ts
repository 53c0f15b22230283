import { type Browser, expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_USERS, DEMO_WORKSPACES } from "../../db/demo/cast";
import { memberships, preferences, users, workspaces } from "../../db/schema";
import type { Preferences } from "../../lib/domain/deciding/preferences";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { keepLinks } from "../../lib/notifications/preference-links";
import { readNotifications } from "../../lib/notifications/read-notifications";
import { preferenceToken } from "../../lib/outbound/preference-token";
import { createClient } from "../support/api";
import { openPage } from "../support/listening-page";
import { prefer } from "../support/notifications";
import { comeInAs } from "../support/people";
import { phoneScreen } from "../support/phone-screen";
import { startRunningApp } from "../support/running-app";
import { english } from "../support/words";

/** Tom is told things: in his bell, later, on a phone that he shows to be his, and by a link. */
const WHOLE_DAY = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] } as const;
const ALWAYS = [
  { ...WHOLE_DAY, start: "00:00", end: "12:00" },
  { ...WHOLE_DAY, start: "12:00", end: "00:00" },
];

let app: Awaited<ReturnType<typeof startRunningApp>>;
let tom: { userId: string; personId: string; workspaceId: WorkspaceId };
let authorization: string;
let page: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  const { db } = app.deps;
  const [found] = await db
    .select({
      userId: users.id,
      personId: memberships.personId,
      workspaceId: memberships.workspaceId,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(eq(users.email, DEMO_USERS.tom.email));
  if (!found) throw new Error(`Tom is not in ${DEMO_WORKSPACES[0]?.slug}`);
  tom = found;
  // What the demo has told him so far is no news.
  await readNotifications(app.deps, { ...tom, ids: null });
  authorization = (await createClient(app.deps, tom.workspaceId, { role: "admin" })).authorization;
  page = await comeInAs(browser, app, "tom");
});

test.afterAll(async () => {
  await app?.stop();
});

async function raise(values: object) {
  const response = await fetch(`${app.origin}/api/v1/notifications`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({
      ...{ recipient: { userId: tom.userId }, type: "security.anomaly", severity: "high" },
      ...{ message: "Camera 3", ...values },
    }),
  });
  expect(response.status).toBe(202);
}

const choose = (values: Partial<Preferences> = {}) => prefer(app.deps, tom, values);
const bellOf = (of: Page, count: number) =>
  of.getByRole("button", { name: english("bell.label", { count }), exact: true });

test("R211 the bell rings in two tabs, is opened by keyboard, and both count what one reads", async () => {
  await choose();
  const other = await openPage(page.context());
  await page.goto("/preferences");
  await other.goto("/settings/profile");
  await expect(bellOf(other, 0)).toBeVisible();
  const subject = { type: "ticket", id: "1", title: "Gate 4", url: "https://example.org/gate/4" };
  await raise({ title: "First", channels: ["web"], subject });
  await expect(bellOf(page, 1)).toBeVisible();
  await expect(bellOf(other, 1)).toBeVisible();
  await raise({ title: "Second", type: "security.suspicious_object", channels: ["web"] });
  await expect(bellOf(other, 2)).toBeVisible();
  await bellOf(page, 2).focus();
  await page.keyboard.press("Enter");
  const list = page.getByRole("dialog", { name: english("bell.title") });
  await expect(list.getByRole("listitem").first()).toContainText("Second");
  await expect(
    list.getByRole("link", { name: english("bell.open", { title: "Gate 4" }) }),
  ).toHaveAttribute("href", subject.url);
  await list.getByRole("button", { name: english("bell.read", { title: "First" }) }).focus();
  await page.keyboard.press("Enter");
  await expect(bellOf(other, 1)).toBeVisible();
  await list.getByRole("link", { name: "Second" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/notifications#/);
  await expect(list).toBeHidden();
  await expect(bellOf(other, 0)).toBeVisible();
  await expect(bellOf(page, 0)).toBeVisible();
  await other.close();
});

test("a code that comes to the phone shows that the number is Tom's", async () => {
  const phonePage = await openPage(page.context());
  await phonePage.goto("/simulator");
  const phone = phoneScreen(phonePage, english);
  await phone.addPhone(DEMO_USERS.tom.phone);
  await page.goto("/preferences");
  const row = page
    .getByRole("listitem")
    .filter({ hasText: english("addresses.kinds.phone") })
    .filter({ hasText: english("addresses.unverified") });
  await row.getByRole("button").click();
  const message = phone.received("is your Carillon code");
  await expect(message).toHaveCount(1);
  const code = /\d{6}/.exec((await message.textContent()) ?? "")?.[0] ?? "";
  const field = page.getByLabel(english("addresses.code"), { exact: true });
  await expect(field).toBeFocused();
  await field.fill(code === "000000" ? "000001" : "000000");
  await field.press("Enter");
  await expect(page.getByText(english("errors.field.wrong_code"))).toBeVisible();
  await field.fill(code);
  await field.press("Enter");
  await expect(page.getByText(english("addresses.unverified"))).toHaveCount(0);
  await expect(field).toHaveCount(0);
  await phonePage.close();
});

test("what is kept is seen with its reason, and sent now by keyboard", async () => {
  await choose({ quietHours: ALWAYS });
  await raise({ title: "Smoke", message: "Hall B", channels: ["sms"] });
  await page.goto("/preferences");
  const row = page.getByRole("listitem").filter({ hasText: "Smoke" });
  await expect(row).toContainText("Quiet hours: kept until");
  await row.getByRole("button", { name: english("held.sendOf", { title: "Smoke" }) }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(english("held.sent"))).toBeVisible();
  await expect(page.getByText(english("held.none"))).toBeVisible();
  await page.goto(`/simulator?phone=${encodeURIComponent(DEMO_USERS.tom.phone)}`);
  await expect(phoneScreen(page, english).received("Hall B")).toHaveCount(1);
});

test("every control of the preferences and the notifications is reached by Tab alone", async () => {
  for (const path of ["/preferences", "/notifications"]) {
    await page.goto(path);
    // Not the skeleton, and what is to be reached lives.
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("main fieldset[disabled]")).toHaveCount(0);
    await page.locator("main").focus();
    const controls = page.locator(
      "main :is(a[href], button, input, select, summary):visible:not([disabled], [tabindex='-1'])",
    );
    await expect.poll(() => controls.count()).toBeGreaterThan(3);
    const count = await controls.count();
    // A time of day is several stops: hours, minutes, its picker.
    const times = await page.locator("main input[type=time]").count();
    for (let nth = 0; nth < count + 4 * times + 5; nth += 1) {
      await page.keyboard.press("Tab");
      await page.evaluate(() => document.activeElement?.setAttribute("data-reached", ""));
    }
    const missed = page.locator(
      "main :is(a[href], button, input, select, summary):visible:not([disabled], [tabindex='-1'], [data-reached])",
    );
    expect(
      await missed.evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 120))),
    ).toEqual([]);
  }
});

test("R310 reminders are switched one by one, and a test to oneself says what became of it", async () => {
  await page.goto("/preferences");
  await page.getByRole("switch", { name: english("reminderChoices.overdue.label") }).click();
  await expect(
    page.getByRole("status").filter({ hasText: english("preferences.saved") }),
  ).toBeVisible();
  expect((await row())?.choices?.reminders.overdue).toBe(false);
  const channel = english("preferences.channels.whatsapp");
  await page.getByRole("button", { name: english("selfTest.by", { channel }) }).click();
  await expect(page.getByRole("status").filter({ hasText: `${channel}: not sent` })).toBeVisible();
});

async function row() {
  const { db } = app.deps;
  const of = eq(preferences.personId, tom.personId);
  return (await db.select().from(preferences).where(of))[0];
}

test("a link opens the same choices on a phone, shows no address, and only a click changes them", async ({
  browser,
}) => {
  await choose({ quietHours: ALWAYS });
  await raise({ title: "Zebra title", message: "Zebra words", channels: ["sms"] });
  const { workspaceId, personId } = tom;
  const versions = await app.deps.db.transaction((tx) =>
    keepLinks(app.deps, tx, { workspaceId, personIds: [personId] }),
  );
  const token = preferenceToken(app.deps, { personId, version: versions.get(personId) ?? 0 });
  const before = await row();
  const phone = await openAsStranger(browser);
  const answer = await phone.goto(`/p/${token}`);
  expect(answer?.headers()).toMatchObject({ "referrer-policy": "no-referrer" });
  expect(answer?.headers()["cache-control"]).toContain("no-store");
  expect(await row()).toEqual(before);
  const text = (await phone.locator("body").textContent()) ?? "";
  expect(text).not.toContain("Zebra");
  expect(text).not.toContain(DEMO_USERS.tom.email);
  expect(text).toContain("+331•••••904");
  const { scrollWidth, clientWidth } = await phone.evaluate(() => document.documentElement);
  expect(scrollWidth).toBe(clientWidth);
  await phone
    .getByRole("switch", { name: english("preferences.channels.sms"), exact: true })
    .click();
  await expect(
    phone.getByRole("status").filter({ hasText: english("preferences.saved") }),
  ).toBeVisible();
  expect((await row())?.choices?.enabledChannels).not.toContain("sms");
  await phone.goto(`/p/${"x".repeat(22)}`);
  await expect(phone.getByText(english("linked.deadTitle"))).toBeVisible();
  await phone.context().close();
});

async function openAsStranger(browser: Browser): Promise<Page> {
  const viewport = { width: 390, height: 844 };
  const context = await browser.newContext({ baseURL: app.origin, viewport, locale: "en-GB" });
  return openPage(context);
}

test("R008 an administrator changes how Tom is reached", async ({ browser }) => {
  const marc = await comeInAs(browser, app, "marc");
  await app.deps.db
    .update(users)
    .set({ locale: "en" })
    .where(eq(users.email, DEMO_USERS.marc.email));
  await marc.goto(`/settings/people/${tom.personId}/preferences`);
  const title = english("preferences.titleOf", { name: "Tom Walker" });
  await expect(marc.getByRole("heading", { name: title })).toBeVisible();
  await marc.getByLabel(english("preferences.volume.cap")).selectOption("2");
  await expect(
    marc.getByRole("status").filter({ hasText: english("preferences.saved") }),
  ).toBeVisible();
  expect((await row())?.choices?.maxPerHour).toBe(2);
  await marc.context().close();
});

test("R313 a code that comes to a number shows that its WhatsApp is Tom's", async () => {
  const number = "+33199000944";
  const phonePage = await openPage(page.context());
  await phonePage.goto("/simulator");
  const phone = phoneScreen(phonePage, english);
  await phone.addPhone(number);
  await page.goto("/preferences");
  const field = page.getByRole("textbox", { name: english("addresses.whatsapp") });
  await field.fill(number);
  await field.press("Enter");
  const claim = page.getByRole("region").filter({ hasText: english("claimedNumber.unproven") });
  await expect(claim).toContainText(english("claimedWhatsapp.why"));
  const message = phone.received("is your Carillon code");
  await expect(message).toHaveCount(1);
  const code = /\d{6}/.exec((await message.textContent()) ?? "")?.[0] ?? "";
  await claim.getByLabel(english("addresses.code"), { exact: true }).fill(code);
  await claim.getByRole("button", { name: english("addresses.confirm") }).click();
  await expect(claim).toHaveCount(0);
  await page.reload();
  await expect(field).toHaveValue(number);
  await phonePage.close();
});
