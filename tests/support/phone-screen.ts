import { expect, type Locator, type Page } from "@playwright/test";
import type { Words } from "./words";

export type PhoneScreen = ReturnType<typeof phoneScreen>;

/** The simulator's phones, as the person who holds one uses them. */
export function phoneScreen(page: Page, t: Words, type: "sms" | "whatsapp" = "sms") {
  const phone = page.getByRole("region", { name: t(`simulator.${type}`), exact: true });
  const field = phone.getByRole("textbox", { name: t("simulator.write"), exact: true });
  return {
    phone,
    /** A phone with that number, new to the network, is taken into the hand. */
    addPhone: async (number: string) => {
      await page.getByRole("button", { name: t("simulator.people.add") }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(t("simulator.people.number")).fill(number);
      await dialog.getByRole("button", { name: t("simulator.people.addSubmit") }).click();
      await expect(dialog).toBeHidden();
      await expect(page).toHaveURL(new RegExp(number.slice(1)));
    },
    write: async (text: string) => {
      await field.fill(text);
      await field.press("Enter");
    },
    /** What came from the team, or went to it. */
    received: (text: string): Locator =>
      phone.getByRole("article", { name: t("simulator.fromUs") }).filter({ hasText: text }),
    sent: (text: string): Locator =>
      phone.getByRole("article", { name: t("simulator.fromPerson") }).filter({ hasText: text }),
  };
}
