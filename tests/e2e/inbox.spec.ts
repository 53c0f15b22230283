import { expect, type Page, test } from "@playwright/test";
import { type InboxScreen, inboxScreen, openInbox } from "../support/inbox-screen";
import { deedAnswered } from "../support/listening-page";
import { comeInAs } from "../support/people";
import { type PhoneScreen, phoneScreen } from "../support/phone-screen";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/** The daily work of an agent, Inès; Marc is the colleague, Tom holds the customers' phones. */
let app: Awaited<ReturnType<typeof startRunningApp>>;
let ines: Page;
let marc: Page;
let tom: Page;
let inbox: InboxScreen;
let phone: PhoneScreen;

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  ines = await comeInAs(browser, app, "ines");
  marc = await comeInAs(browser, app, "marc");
  tom = await comeInAs(browser, app, "tom");
  inbox = inboxScreen(ines, french);
  phone = phoneScreen(tom, english);
});

test.afterAll(async () => {
  await app?.stop();
});

test.beforeEach(async () => {
  await Promise.all([openInbox(ines), openInbox(marc), tom.goto("/simulator")]);
});

test("an agent takes a conversation with a, and the colleague sees whose it is", async () => {
  await texts("+33199000711", "Je voudrais réserver un tandem.");
  await inbox.open("01 99 00 07 11");
  await ines.keyboard.press("a");
  await ines.getByRole("option", { name: french("thread.assign.me") }).click();
  await expect(inbox.pane.getByRole("button", { name: assignedTo("Moi") })).toBeVisible();
  await expect(inbox.thread).toContainText(french("thread.activity.took", { who: "you" }));

  const hers = inboxScreen(marc, french);
  await hers.open("01 99 00 07 11");
  await expect(hers.pane.getByRole("button", { name: assignedTo("Inès Benali") })).toBeVisible();
  await inbox.view("mine").click();
  await expect(inbox.card("01 99 00 07 11")).toBeVisible();
});

test("resolving can be undone, and a resolved conversation reopens when the person writes", async () => {
  const name = "01 99 00 07 12";
  await texts("+33199000712", "Merci de me rappeler.");
  await inbox.open(name);
  await inbox.pane.getByRole("button", { name: french("thread.header.resolve") }).click();
  await expect(inbox.card(name)).toBeHidden();
  await ines.getByRole("button", { name: french("inbox.notices.undo") }).click();
  await expect(inbox.card(name)).toBeVisible();
  await expect(inbox.pane.getByRole("heading", { name })).toBeVisible();

  await ines.keyboard.press("e");
  await expect(inbox.card(name)).toBeHidden();
  await inbox.view("resolved").click();
  await expect(inbox.card(name)).toBeVisible();
  await inbox.view("all").click();
  await phone.write("Toujours personne ?");
  await expect(inbox.card(name)).toContainText("Toujours personne ?");
  await inbox.open(name);
  await expect(inbox.bubble("Merci de me rappeler.")).toBeVisible();
});

test("what is unread is each agent's own, and can be marked again", async () => {
  const name = "01 99 00 07 13";
  await texts("+33199000713", "Êtes-vous ouverts lundi ?");
  const colleague = inboxScreen(marc, french);
  await expect(inbox.card(name)).toHaveAccessibleName(label(name, 1));
  await expect(colleague.card(name)).toHaveAccessibleName(label(name, 1));
  await inbox.open(name);
  await expect(inbox.card(name)).toHaveAccessibleName(label(name, 0));
  await expect(colleague.card(name)).toHaveAccessibleName(label(name, 1));

  await inbox.pane.getByRole("button", { name: french("thread.header.more") }).click();
  // That it was read may still be on its way.
  const saved = deedAnswered(ines, (sent) => !sent.includes('"seq"'));
  await ines.getByRole("menuitem", { name: french("thread.header.markUnread") }).click();
  await expect(inbox.card(name)).toHaveAccessibleName(label(name, 1));
  await saved;
  await ines.reload();
  await expect(inbox.card(name)).toHaveAccessibleName(label(name, 1));
});

test("a blocked person's texts are kept, and alert nobody", async () => {
  const name = "01 99 00 07 14";
  await texts("+33199000714", "Gagnez un voyage !");
  await inbox.open(name);
  await expect(inbox.card(name)).toHaveAccessibleName(label(name, 0));
  await inbox.pane.getByRole("button", { name: french("thread.header.more") }).click();
  await ines.getByRole("menuitem", { name: french("thread.header.block") }).click();
  const dialog = ines.getByRole("alertdialog");
  await dialog.getByRole("button", { name: french("thread.header.block") }).click();
  await expect(inbox.pane).toContainText(french("thread.header.blocked"));

  await phone.write("Dernière chance !");
  await expect(inbox.bubble("Dernière chance !")).toBeVisible();
  const colleague = inboxScreen(marc, french);
  await expect(colleague.card(name)).toContainText("Dernière chance !");
  await expect(colleague.card(name)).toHaveAccessibleName(label(name, 1));
});

test("the contact's name and notes are written in the panel and seen by the colleague", async () => {
  const name = "01 99 00 07 15";
  await texts("+33199000715", "Bonjour, c’est Anouk.");
  await inbox.open(name);
  const panel = ines.getByRole("complementary", { name: french("contacts.panel") });
  await panel.getByLabel(french("contacts.name")).fill("Anouk Petit");
  await panel.getByLabel(french("contacts.name")).press("Enter");
  await expect(panel.getByText(french("contacts.save.saved"))).toBeVisible();
  const notes = panel.getByLabel(french("contacts.notes"));
  await notes.fill("Vient le mardi.");
  await notes.press("Control+Enter");
  const label = ines.getByLabel(french("contacts.notes"));
  const field = panel.locator("div").filter({ has: label }).last();
  await expect(field.getByText(french("contacts.save.saved"))).toBeVisible();
  await expect(inbox.card("Anouk Petit")).toContainText("Bonjour, c’est Anouk.");

  const colleague = inboxScreen(marc, french);
  await colleague.open("Anouk Petit");
  const theirs = marc.getByRole("complementary", { name: french("contacts.panel") });
  await expect(theirs.getByLabel(french("contacts.notes"))).toHaveValue("Vient le mardi.");
});

test("a new conversation goes to a typed number, and a wrong number is told before anything leaves", async () => {
  await phone.addPhone("+33199000716");
  await ines.keyboard.press("c");
  const dialog = ines.getByRole("dialog");
  await dialog.getByLabel(french("composer.start.to")).fill("0199");
  await dialog
    .getByRole("textbox", { name: french("composer.field") })
    .fill("Votre vélo est prêt.");
  await dialog.getByRole("button", { name: french("composer.send") }).click();
  await expect(dialog.getByRole("alert")).toContainText(
    french("composer.refusals.invalid_phone_number"),
  );
  await dialog.getByLabel(french("composer.start.to")).fill("01 99 00 07 16");
  await dialog.getByRole("button", { name: french("composer.send") }).click();
  await expect(dialog).toBeHidden();
  await expect(inbox.tick("Votre vélo est prêt.", "delivered")).toBeVisible();
  await expect(phone.received("Votre vélo est prêt.")).toBeVisible();
  await expect(inbox.card("01 99 00 07 16")).toBeVisible();
});

/** Somebody new to the team writes from their phone. */
async function texts(number: string, text: string) {
  await phone.addPhone(number);
  await phone.write(text);
  await expect(phone.sent(text)).toBeVisible();
}

function assignedTo(name: string) {
  return french("thread.assign.label", { name });
}

function label(name: string, unread: number) {
  return new RegExp(`^${french("inbox.card.label", { name, unread, time: "" })}`);
}
