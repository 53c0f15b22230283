import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_USERS } from "../../db/demo/cast";
import { memberships, users } from "../../db/schema";
import { putType } from "../../db/writes/notification-types";
import { aVariable } from "../../lib/domain/templates/template-input";
import type { Locale, Theme } from "../../lib/domain/words";
import { reportEvents } from "../../lib/events/report-events";
import { keepLinks } from "../../lib/notifications/preference-links";
import { preferenceToken } from "../../lib/outbound/preference-token";
import { inboxScreen, openInbox } from "../support/inbox-screen";
import { deedAnswered } from "../support/listening-page";
import { anAlert, raise } from "../support/notifications";
import { comeInAs, openBrowser } from "../support/people";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/** By keyboard alone, on a phone, in two languages and themes, and with what a screen reader needs. */
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let app: Awaited<ReturnType<typeof startRunningApp>>;

test.beforeAll(async () => {
  app = await startRunningApp({ DEMO: "true" });
  await tellSomething();
});

/** So that the pages of notifications and reminders have something to show. */
async function tellSomething() {
  const { deps } = app;
  const { personId, workspaceId } = await memberOf("ines");
  await raise(deps, workspaceId, anAlert(personId, { severity: "critical", channels: null }));
  const dueAt = new Date(deps.clock.now().getTime() + 4 * 86_400_000).toISOString();
  const event = {
    type: "loan.assigned",
    recipient: { contactId: personId },
    subject: { type: "loan", id: "L-1", title: "Caméra", url: "https://loans.example/1", dueAt },
    data: {},
    occurredAt: null,
  };
  const acting = { workspaceId, actor: { kind: "system" } as const };
  const outcome = await reportEvents(deps, { acting, events: [event] });
  expect(outcome.kind).toBe("reported");
}

async function memberOf(who: keyof typeof DEMO_USERS) {
  const [member] = await app.deps.db
    .select({ personId: memberships.personId, workspaceId: memberships.workspaceId })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(users.email, DEMO_USERS[who].email));
  if (!member) throw new Error("the demo is not there");
  return member;
}

test.afterAll(async () => {
  await app?.stop();
});

test("the keys walk the list, answer, search, assign and explain themselves", async ({
  browser,
}) => {
  const page = await comeInAs(browser, app, "ines");
  await openInbox(page);
  const inbox = inboxScreen(page, french);
  const cards = page.locator("a[data-card]");
  await expect(cards.first()).toBeVisible();
  const selected = page.locator("a[data-card][aria-current=true]");
  await page.keyboard.press("j");
  await expect(cards.nth(0)).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("j");
  await expect(cards.nth(1)).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("k");
  await expect(cards.nth(0)).toHaveAttribute("aria-current", "true");
  await expect(selected).toHaveCount(1);

  await page.keyboard.press("r");
  await expect(inbox.composer).toBeFocused();
  await page.keyboard.type("je");
  await expect(inbox.composer).toHaveValue("je");
  await expect(cards.nth(0)).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Escape");
  await expect(inbox.composer).not.toBeFocused();

  await page.keyboard.press("a");
  await expect(page.getByRole("option", { name: french("thread.assign.me") })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: french("inbox.keys.title") })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.keyboard.press("/");
  const search = page.getByLabel(french("inbox.search.label"));
  await expect(search).toBeFocused();
  await page.keyboard.type("zzzz");
  await expect(page.getByText(french("inbox.empty.search.title", { q: "zzzz" }))).toBeVisible();
  await page.context().close();
});

test("on a phone one pane is shown at a time, and nothing is wider than the screen", async ({
  browser,
}) => {
  const page = await comeInAs(browser, app, "ines", {
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
  });
  await openInbox(page);
  const inbox = inboxScreen(page, french);
  const card = page.locator("a[data-card]").first();
  await expect(card).toBeVisible();
  await expect(inbox.pane).toBeHidden();
  expect(await overhangOf(page)).toBe(0);
  await card.tap();
  await expect(inbox.composer).toBeVisible();
  await expect(inbox.list).toBeHidden();
  expect(await overhangOf(page)).toBe(0);
  await page.getByRole("button", { name: french("thread.header.showContact") }).tap();
  await expect(page.getByRole("complementary", { name: french("contacts.panel") })).toBeVisible();
  await page.getByRole("button", { name: french("contacts.close") }).tap();
  await page.getByRole("button", { name: french("thread.header.back") }).tap();
  await expect(card).toBeVisible();
  await expect(inbox.pane).toBeHidden();
  await page.context().close();
});

test("language and theme are chosen on any page and stay chosen", async ({ browser }) => {
  const page = await comeInAs(browser, app, "ines");
  await openInbox(page);
  const html = page.locator("html");
  await page
    .getByRole("button", { name: french("shell.userMenu", { name: "Inès Benali" }) })
    .click();
  await page.getByRole("menuitem", { name: french("shell.language") }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(html).toHaveAttribute("lang", "en");
  await expect(page.getByRole("link", { name: /^Unassigned/ })).toBeVisible();
  await page
    .getByRole("button", { name: english("shell.userMenu", { name: "Inès Benali" }) })
    .click();
  await page.getByRole("menuitem", { name: english("shell.theme") }).click();
  const saved = deedAnswered(page);
  await page.getByRole("menuitemradio", { name: english("shell.themes.dark") }).click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await saved;
  await page.reload();
  await expect(html).toHaveAttribute("lang", "en");
  await expect(html).toHaveAttribute("data-theme", "dark");
  await page.context().close();
  const elsewhere = await comeInAs(browser, app, "ines");
  await elsewhere.goto("/inbox");
  await expect(elsewhere.locator("html")).toHaveAttribute("lang", "en");
  await expect(elsewhere.locator("html")).toHaveAttribute("data-theme", "dark");
  await elsewhere.context().close();
});

/**
 * Each look takes half of the pages, so that every page is judged on a desk and on a phone, in both
 * languages and themes; in the long form each takes all.
 */
const LOOKS = [
  { name: "English, light, desk", locale: "en", theme: "light", size: DESKTOP, half: 0 },
  { name: "French, dark, desk", locale: "fr", theme: "dark", size: DESKTOP, half: 1 },
  { name: "French, dark, phone", locale: "fr", theme: "dark", size: PHONE, half: 0 },
  { name: "English, light, phone", locale: "en", theme: "light", size: PHONE, half: 1 },
] as const satisfies Look[];
type Look = { name: string; locale: Locale; theme: Theme; size: typeof PHONE; half: 0 | 1 };
const IS_LONG = process.env.TEST_LONG === "1";
let paths: string[] | null = null;

for (const look of LOOKS) {
  test(`every page holds WCAG 2.2 AA and is no wider than the screen: ${look.name}`, async ({
    browser,
  }) => {
    // Some forty pages, each judged.
    test.setTimeout(400_000);
    await wear(look);
    const page = await comeInAs(browser, app, "marc", { viewport: look.size });
    const faults: string[] = [];
    paths ??= await pathsOf(page);
    for (const [nth, path] of paths.entries()) {
      if (!IS_LONG && nth % 2 !== look.half) continue;
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("data-theme", look.theme);
      faults.push(...(await faultsOf(page, path)));
      if ((await overhangOf(page)) > 0) faults.push(`${path} is wider than the screen`);
      if ((await emptyBelow(page)) > 0) faults.push(`${path} scrolls into nothing`);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });
}

test("sign-in and dialogs hold WCAG 2.2 AA", async ({ browser }) => {
  const door = await openBrowser(browser, app.origin);
  const faults = await faultsOf(door, "/login");
  await door.context().close();
  const page = await comeInAs(browser, app, "marc", { colorScheme: "dark" });
  await wear({ locale: "fr", theme: "dark" });
  await openInbox(page);
  await expect(page.locator("a[data-card]").first()).toBeVisible();
  for (const key of ["?", "c"]) {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog")).toBeVisible();
    faults.push(...(await faultsOf(page, `dialog ${key}`)));
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

/** A conversation and a number of the demo, and the pages beside them. */
async function pathsOf(page: Page): Promise<string[]> {
  const first = async (path: string, link: string) => {
    await page.goto(path);
    return (await page.locator(link).first().getAttribute("href")) ?? "";
  };
  return [
    "/inbox",
    await first("/inbox", "a[data-card]"),
    "/simulator",
    "/tasks",
    "/dashboard",
    "/notifications",
    "/reminders",
    "/why",
    await first("/notifications?view=all", "main tbody a"),
    "/preferences",
    ...(await preferencePathsOf("ines")),
    await first("/settings/integrations", "main li a"),
    await ownTypePath(),
    "/templates",
    "/templates/new",
    await first("/templates?channel=sms", "main li a"),
    ...[
      "profile",
      "workspace",
      "people",
      "integrations",
      "integrations/new",
      "sending",
      "notifications",
      "notification-types",
      "costs",
      "api-keys",
      "webhooks",
    ].map((section) => `/settings/${section}`),
  ];
}

/** A type of the workspace's own, with variables. */
async function ownTypePath(): Promise<string> {
  const { workspaceId } = await memberOf("marc");
  const key = "order.shipped";
  const names = { fr: "Commande expédiée", en: "Order shipped" };
  const variables = [aVariable("customer_name", "text", ""), aVariable("parcels", "number", null)];
  const told = { kind: "transactional", category: "orders", severity: "medium" } as const;
  await app.deps.db.transaction((tx) =>
    putType(tx, {
      workspaceId,
      at: app.deps.clock.now(),
      type: {
        ...told,
        key,
        names,
        variables,
        channels: ["sms", "email"],
        isTimeSensitive: false,
        isActive: true,
        replyCodes: [],
        canceledBy: [],
        reminderPlan: [
          { key: "J-1", offset: -86_400, time: "09:00", condition: null, dailyAtMost: null },
          { key: "late", offset: 0, time: "10:00", condition: null, dailyAtMost: 5 },
        ],
      },
    }),
  );
  return `/settings/notification-types/${key}`;
}

/** Where an administrator changes somebody's preferences, and where they do by the link of a message. */
async function preferencePathsOf(who: keyof typeof DEMO_USERS): Promise<string[]> {
  const { db } = app.deps;
  const { personId, workspaceId } = await memberOf(who);
  const personIds = [personId];
  const versions = await db.transaction((tx) =>
    keepLinks(app.deps, tx, { workspaceId, personIds }),
  );
  const version = versions.get(personId) ?? 0;
  const token = preferenceToken(app.deps, { personId, version });
  return [`/settings/people/${personId}/preferences`, `/p/${token}`];
}

/** What Marc has chosen, as his profile page would store it. */
async function wear({ locale, theme }: { locale: Locale; theme: Theme }) {
  const { email } = DEMO_USERS.marc;
  await app.deps.db.update(users).set({ locale, theme }).where(eq(users.email, email));
}

async function faultsOf(page: Page, where: string): Promise<string[]> {
  // What fades in is judged by its end.
  await page.emulateMedia({ reducedMotion: "reduce" });
  // The panes' edges learn where they are once the page is laid out.
  await expect(page.locator("[role=separator][tabindex]:not([aria-valuenow]):visible")).toHaveCount(
    0,
  );
  // In the page itself, and without a list of all that is as it should be: both cost more than the rules.
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: { type: "tag", values: RULES }, resultTypes: ["violations"] })
    .setLegacyMode()
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${where}: ${id} ${target.join(" ")} ${failureSummary}`,
    ),
  );
}

/** Pixels that the page can be scrolled sideways. */
/** Pages within the frame scroll inside it: below it there is nothing to scroll to. */
function emptyBelow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const isFramed = document.querySelector("#main") !== null;
    return isFramed ? document.documentElement.scrollHeight - window.innerHeight : 0;
  });
}

function overhangOf(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}
