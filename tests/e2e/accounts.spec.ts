import { type Browser, expect, type Page, test } from "@playwright/test";
import { DEMO_PASSWORD, DEMO_USERS } from "../../db/demo/cast";
import { openPage, untilListens } from "../support/listening-page";
import { fillSignIn, openBrowser, signInToDemo } from "../support/people";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/** Coming in, going out, and who may open what. */
const PASSWORD = "un cheval à bascule vert";

let app: Awaited<ReturnType<typeof startRunningApp>>;

test.beforeAll(async () => {
  app = await startRunningApp({ DEMO: "true" });
});

test.afterAll(async () => {
  await app?.stop();
});

test("a wrong password is told in words, and ten of them have to wait", async ({ browser }) => {
  const page = await openBrowser(browser, app.origin);
  const { email } = DEMO_USERS.hugo;
  for (let tries = 0; tries < 10; tries += 1) {
    const answered = page.waitForResponse("**/api/auth/callback/**");
    await fillSignIn(page, { email, password: `not it ${tries}` });
    await answered;
    await expect(said(page, english("errors.action.wrong_credentials"))).toBeVisible();
  }
  await fillSignIn(page, { email, password: DEMO_PASSWORD });
  await expect(said(page, /Too many tries\. Try again in \d+ minutes?\./)).toBeVisible();
  await expect(page).toHaveURL(/\/login/);
  await page.context().close();
});

test("an unknown address is refused with the same words as a wrong password", async ({
  browser,
}) => {
  const page = await openBrowser(browser, app.origin);
  await fillSignIn(page, { email: "nobody@example.test", password: PASSWORD });
  await expect(said(page, english("errors.action.wrong_credentials"))).toBeVisible();
  await page.context().close();
});

test("before the page lives the form sends nothing: the password would stand in the address", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: app.origin, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByLabel(english("auth.email")).fill(DEMO_USERS.hugo.email);
  const password = page.getByLabel(english("auth.password"), { exact: true });
  await password.fill(DEMO_PASSWORD);
  await password.press("Enter");
  const submit = page.getByRole("button", { name: english("auth.signIn"), exact: true });
  await expect(submit).toBeDisabled();
  await expect(page).toHaveURL(`${app.origin}/login`);
  await context.close();
});

test("signing out closes the door behind one", async ({ browser }) => {
  const page = await signInToDemo(browser, app.origin, "ines");
  await page.getByRole("button", { name: menuOf("Inès Benali") }).click();
  await page.getByRole("menuitem", { name: french("shell.signOut"), exact: true }).click();
  await page.waitForURL("**/login**");
  await page.goto("/inbox");
  await expect(page).toHaveURL(/\/login/);
  await page.context().close();
});

test("signing out everywhere ends the other browser's session at once", async ({ browser }) => {
  const here = await signInToDemo(browser, app.origin, "ines");
  const there = await signInToDemo(browser, app.origin, "ines");
  await expect(there.locator("a[data-card]").first()).toBeVisible();
  await here.getByRole("button", { name: menuOf("Inès Benali") }).click();
  await here.getByRole("menuitem", { name: french("shell.signOutEverywhere") }).click();
  await here.waitForURL("**/login**");
  await expect(there.getByText(french("inbox.connection.signedOut"))).toBeVisible();
  await there.reload();
  await expect(there).toHaveURL(/\/login/);
  await closeAll(here, there);
});

test("an invitation link makes a new agent, once", async ({ browser }) => {
  const marc = await signInToDemo(browser, app.origin, "marc");
  await marc.goto("/settings/people");
  await marc.getByRole("button", { name: french("settings.people.invite") }).click();
  const dialog = marc.getByRole("dialog");
  await dialog.getByLabel(french("settings.people.email")).fill("noor@example.test");
  await dialog.getByRole("button", { name: french("settings.people.inviteSubmit") }).click();
  const link = await dialog.getByLabel(french("settings.people.inviteLink")).inputValue();

  const noor = await guest(browser);
  await noor.goto(link);
  await expect(noor.getByText("Atelier Solstice")).toBeVisible();
  await noor.getByLabel(english("auth.name"), { exact: true }).fill("Noor Haddad");
  await noor.getByLabel(english("auth.newPassword"), { exact: true }).fill(PASSWORD);
  await noor.getByRole("button", { name: english("auth.inviteSubmit") }).click();
  await noor.waitForURL("**/inbox");
  await expect(noor.locator("a[data-card]").first()).toBeVisible();

  const late = await guest(browser);
  await late.goto(link);
  await expect(late.getByText(english("auth.deadLink"))).toBeVisible();
  await closeAll(marc, noor, late);
});

test("each role opens its own pages and no others", async ({ browser }) => {
  const tom = await signInToDemo(browser, app.origin, "tom");
  await expect(tom).toHaveURL(/\/settings\/profile/);
  expect(await statusesOf(tom, ["/inbox", "/settings/people", "/settings/integrations"])).toEqual([
    404, 404, 404,
  ]);
  await expect(tom.getByText(english("errors.page.notFound"))).toBeVisible();
  const ines = await signInToDemo(browser, app.origin, "ines");
  expect(await statusesOf(ines, ["/inbox", "/settings/people", "/settings/api-keys"])).toEqual([
    200, 404, 404,
  ]);
  const marc = await signInToDemo(browser, app.origin, "marc");
  expect(await statusesOf(marc, ["/inbox", "/settings/people", "/settings/api-keys"])).toEqual([
    200, 200, 200,
  ]);
  await closeAll(tom, ines, marc);
});

test("somebody of two workspaces sees one at a time, and an address of the other is not found", async ({
  browser,
}) => {
  const lea = await signInToDemo(browser, app.origin, "lea");
  await lea.locator("a[data-card]").first().click();
  await lea.waitForURL(/\/inbox\/[0-9a-f-]{36}/);
  const conversation = new URL(lea.url()).pathname;
  const switcher = (name: string) =>
    lea.getByRole("button", { name: french("shell.workspaceMenu", { name }) });
  await switcher("Atelier Solstice").click();
  await lea.getByRole("menuitemradio", { name: "Librairie du Canal" }).click();
  await expect(switcher("Librairie du Canal")).toBeVisible();
  await untilListens(lea);
  await lea
    .getByRole("button", {
      name: french("inbox.numbers.filter", { name: french("inbox.numbers.all") }),
    })
    .click();
  await expect(lea.getByRole("menuitemradio", { name: /Comptoir/ })).toBeVisible();
  await expect(lea.getByRole("menuitemradio", { name: /Accueil/ })).toHaveCount(0);
  await lea.keyboard.press("Escape");
  expect(await statusesOf(lea, [conversation])).toEqual([404]);
  await lea.context().close();
});

test("an admin's one-time link gives a forgotten password back, and signs the old one's browsers out", async ({
  browser,
}) => {
  const ines = await signInToDemo(browser, app.origin, "ines");
  await expect(ines.locator("a[data-card]").first()).toBeVisible();
  const marc = await signInToDemo(browser, app.origin, "marc");
  await marc.goto("/settings/people");
  const actions = french("settings.people.actionsFor", { name: "Inès Benali" });
  await marc.getByRole("button", { name: actions }).click();
  await marc.getByRole("menuitem", { name: french("settings.people.resetLink") }).click();
  const link = await marc.getByRole("dialog").getByRole("textbox").inputValue();

  const again = await guest(browser);
  await again.goto(link);
  await again.getByLabel(english("auth.newPassword"), { exact: true }).fill("short");
  await again.getByRole("button", { name: english("auth.resetSubmit") }).click();
  await expect(said(again, english("errors.field.password_too_short"))).toBeVisible();
  await again.getByLabel(english("auth.newPassword"), { exact: true }).fill(PASSWORD);
  await again.getByRole("button", { name: english("auth.resetSubmit") }).click();
  await again.waitForURL("**/inbox");
  await expect(ines.getByText(french("inbox.connection.signedOut"))).toBeVisible();

  const late = await guest(browser);
  await late.goto(link);
  await expect(late.getByText(english("auth.deadLink"))).toBeVisible();
  await late.goto("/login");
  await fillSignIn(late, { email: DEMO_USERS.ines.email, password: DEMO_PASSWORD });
  await expect(said(late, english("errors.action.wrong_credentials"))).toBeVisible();
  await closeAll(ines, marc, again, late);
});

/** What a form says went wrong; Next's own announcer is an alert too. */
function said(page: Page, text: string | RegExp) {
  return page.getByRole("alert").filter({ hasText: text });
}

function menuOf(name: string) {
  return french("shell.userMenu", { name });
}

async function guest(browser: Browser): Promise<Page> {
  return openPage(await browser.newContext({ baseURL: app.origin }));
}

/** What the server answers to a person who types these addresses. */
async function statusesOf(page: Page, paths: readonly string[]): Promise<(number | undefined)[]> {
  const statuses: (number | undefined)[] = [];
  for (const path of paths) statuses.push((await page.goto(path))?.status());
  return statuses;
}

async function closeAll(...pages: readonly Page[]) {
  for (const page of pages) await page.context().close();
}
