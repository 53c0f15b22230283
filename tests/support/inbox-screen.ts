import { expect, type Locator, type Page } from "@playwright/test";
import type { Words } from "./words";

export type InboxScreen = ReturnType<typeof inboxScreen>;

/** Opens the inbox and waits until the page listens: to keys, clicks and what comes live. */
export async function openInbox(page: Page): Promise<void> {
  const listens = page.waitForRequest(/\/api\/realtime$/);
  await page.goto("/inbox");
  await listens;
  // The bell listens too, and lives before the list does: the search tells its key once keys are heard.
  await page.locator("main input[aria-keyshortcuts]").waitFor();
}

/** The inbox as an agent sees it: where things are, in the language of the agent. */
export function inboxScreen(page: Page, t: Words) {
  const thread = page.getByRole("region", { name: t("thread.messages"), exact: true });
  const pane = page.getByRole("region", { name: t("thread.pane"), exact: true });
  const composer = pane.getByRole("textbox", { name: t("composer.field"), exact: true });
  const card = (name: string): Locator => page.locator("a[data-card]").filter({ hasText: name });
  return {
    list: page.getByRole("region", { name: t("inbox.title"), exact: true }),
    pane,
    thread,
    composer,
    /** The card of the person of that name or number. */
    card,
    /**
     * Opens it and waits for what was written: a reply to what has not been seen is asked about first.
     * The pointer leaves the list, which holds still under it.
     */
    open: async (name: string) => {
      await card(name).click();
      await expect(pane.getByRole("heading", { name })).toBeVisible();
      await expect(thread.getByRole("article").first()).toBeVisible();
      await pane.hover();
    },
    view: (name: "mine" | "unassigned" | "all" | "resolved"): Locator =>
      page
        .getByRole("navigation", { name: t("inbox.views.label") })
        .getByRole("link", { name: t(`inbox.views.${name}`) }),
    /** The bubble that says so. */
    bubble: (text: string): Locator => thread.getByRole("article").filter({ hasText: text }),
    /** The tick of the bubble, by the word that a screen reader says. */
    tick: (
      text: string,
      status: "read" | "delivered" | "sent" | "failed" | "undelivered",
    ): Locator =>
      thread
        .getByRole("article")
        .filter({ hasText: text })
        .getByRole("button", { name: t(`status.words.${status}`), exact: true }),
  };
}
