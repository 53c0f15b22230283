import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_PASSWORD, DEMO_USERS, type UserKey } from "../../db/demo/cast";
import { users } from "../../db/schema";
import type { Deps } from "../../lib/ports/deps";
import { openPage, untilListens } from "./listening-page";
import { mintSessionCookie } from "./session";
import { english } from "./words";

type Login = { email: string; password: string };

/** A browser of one's own, at the sign-in page of the app. */
export async function openBrowser(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  const page = await openPage(context);
  await page.goto("/login");
  return page;
}

/** Fills the form of the sign-in page, whose words are the browser's: English. */
export async function fillSignIn(page: Page, { email, password }: Login) {
  await page.getByLabel(english("auth.email")).fill(email);
  await page.getByLabel(english("auth.password"), { exact: true }).fill(password);
  await page.getByRole("button", { name: english("auth.signIn"), exact: true }).click();
}

/** Somebody of the demo comes in through the real sign-in page, in a browser of their own. */
export async function signInToDemo(
  browser: Browser,
  origin: string,
  who: UserKey,
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await openBrowser(browser, origin, options);
  await fillSignIn(page, { email: DEMO_USERS[who].email, password: DEMO_PASSWORD });
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  await untilListens(page);
  return page;
}

type App = { origin: string; authSecret: string; deps: Pick<Deps, "db" | "clock" | "chance"> };

/** The same with a minted session, for stories that begin behind the door. No page is open yet. */
export async function comeInAs(
  browser: Browser,
  { origin, authSecret, deps }: App,
  who: UserKey,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const { email } = DEMO_USERS[who];
  const [user] = await deps.db.select().from(users).where(eq(users.email, email));
  if (!user) throw new Error(`${email} is not in the demo`);
  const cookie = await mintSessionCookie(deps, { userId: user.id, authSecret, appUrl: origin });
  const context = await browser.newContext({ baseURL: origin, ...options });
  await context.addCookies([{ name: cookie.name, value: cookie.value, url: origin }]);
  return openPage(context);
}

/** Counts full page loads, to show that what appeared came by itself. */
export function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("domcontentloaded", () => {
    loads += 1;
  });
  return () => loads;
}
