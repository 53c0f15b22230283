import type { BrowserContext, Page } from "@playwright/test";

/**
 * A new page of that browser, which is open once it listens: what a robot clicks or types in the moment
 * between the page's arrival and its coming alive would be lost.
 */
export async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (...target) => {
    const response = await goto(...target);
    await untilListens(page);
    return response;
  };
  page.reload = async (...options) => {
    const response = await reload(...options);
    await untilListens(page);
    return response;
  };
  return page;
}

/**
 * The server's answer to the next deed of this page: the screen moves at once, and a page that is left
 * before that takes an unsaved deed with it.
 *
 * @param isMeant of what the deed sends; left out: whatever it is
 */
export function deedAnswered(page: Page, isMeant: (sent: string) => boolean = () => true) {
  return page.waitForResponse((response) => {
    const request = response.request();
    return "next-action" in request.headers() && isMeant(request.postData() ?? "");
  });
}

/**
 * Every control is React's; on a page without any nothing is waited for. To be asked where a click alone
 * has led to another full load.
 */
export async function untilListens(page: Page) {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("button, input, select, textarea")].every((control) =>
      Object.keys(control).some((key) => key.startsWith("__reactProps$")),
    ),
  );
}
