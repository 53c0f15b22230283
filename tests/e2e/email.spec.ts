import { type Browser, expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_USERS, DEMO_WORKSPACES } from "../../db/demo/cast";
import { workspaces } from "../../db/schema";
import { createClient } from "../support/api";
import { inboxScreen } from "../support/inbox-screen";
import { openPage } from "../support/listening-page";
import { comeInAs } from "../support/people";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/** E-mails of systems, from the API to the simulator's mailbox and back. */
const ADA = "ada@clients.example";
const GRACE = "grace@clients.example";
const DOMAIN = DEMO_WORKSPACES[0]?.mailDomain ?? "";
const PASSWORD = "a new sentence to sign in with";

let app: Awaited<ReturnType<typeof startRunningApp>>;
let tom: Page;
let authorization: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  tom = await comeInAs(browser, app, "tom");
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [demo] = await app.deps.db.select().from(workspaces).where(eq(workspaces.slug, slug));
  if (!demo) throw new Error("the demo is not there");
  authorization = (await createClient(app.deps, demo.id, { role: "agent" })).authorization;
});

test.afterAll(async () => {
  await app?.stop();
});

async function post(values: object = {}) {
  const body = {
    channel: "email",
    to: ADA,
    subject: "Your book",
    body: "It waits for you.",
    ...values,
  };
  return call("messages", body);
}

async function call(resource: string, body: object) {
  const response = await fetch(`${app.origin}/api/v1/${resource}`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const statusOf = async (id: string) => {
  const response = await fetch(`${app.origin}/api/v1/messages/${id}`, {
    headers: { authorization },
  });
  return (await response.json()).status;
};

async function openMail(subject: string) {
  await tom.goto("/simulator");
  await tom.getByRole("radio", { name: english("simulator.mails") }).click();
  await tom
    .getByRole("button", { name: new RegExp(subject) })
    .first()
    .click();
}

/** In the plain text of the open mail. */
async function linkOf(path: string): Promise<string> {
  await tom.getByRole("radio", { name: english("simulator.mail.text") }).click();
  const link = tom.locator(`a[href^="${app.origin}${path}"]`);
  return (await link.getAttribute("href")) ?? "";
}

test("R201 an e-mail that a system sends is read in the mailbox and comes back as delivered", async () => {
  const html = "<h1>It waits</h1><script>document.title='caught'</script>";
  const sent = await post({ html });
  expect(sent).toMatchObject({ status: 202, body: { channel: "email", to: ADA } });
  await expect.poll(() => statusOf(sent.body.id)).toBe("delivered");
  await openMail("Your book");
  const reader = tom.frameLocator("iframe");
  await expect(reader.getByRole("heading", { name: "It waits" })).toBeVisible();
  await expect(tom).not.toHaveTitle("caught");
  await expect(tom.getByText(`bonjour@${DOMAIN}`).first()).toBeVisible();
});

test("R220 an e-mail without a subject, to no address or with files is refused by name", async () => {
  const pathsOf = async (values: object) =>
    (await post(values)).body.errors.map(({ path }: { path: string }) => path);
  expect(await pathsOf({ subject: undefined })).toEqual(["subject"]);
  expect(await pathsOf({ body: undefined, html: "<p>x</p>" })).toEqual(["body"]);
  expect(await pathsOf({ to: "ada@" })).toEqual(["to"]);
  expect(await pathsOf({ mediaUrls: ["https://example.org/a.png"] })).toEqual(["mediaUrls"]);
  expect(await pathsOf({ channel: "sms", to: "0612345678" })).toEqual(["subject"]);
});

test("an e-mail's conversation takes no reply, says so, and offers an SMS to the person's number", async ({
  browser,
}) => {
  const person = await call("contacts", {
    name: "Grace Reader",
    addresses: [
      { kind: "email", value: GRACE },
      { kind: "phone", value: "+33199000761" },
    ],
  });
  expect(person.status).toBe(201);
  const { body } = await post({ to: GRACE, subject: "Your order" });
  const ines = await comeInAs(browser, app, "ines");
  const inbox = inboxScreen(ines, french);
  await ines.goto(`/inbox/${body.conversationId}`);
  const banner = inbox.pane
    .getByRole("status")
    .filter({ hasText: french("composer.banners.email.title") });
  await expect(banner).toContainText(french("composer.banners.email.words"));
  await expect(inbox.composer).toBeDisabled();
  await banner.getByRole("button", { name: french("composer.banners.windowClosed.bySms") }).click();
  const dialog = ines.getByRole("dialog");
  await expect(dialog.getByLabel(french("composer.start.to"), { exact: true })).toHaveValue(
    "01 99 00 07 61",
  );
  await expect(
    dialog.getByLabel(french("composer.start.from"), { exact: true }).locator("option:checked"),
  ).toContainText("SMS");
  await dialog.getByRole("textbox", { name: french("composer.field") }).fill("It is here.");
  await dialog.getByRole("button", { name: french("composer.send"), exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(inbox.tick("It is here.", "delivered")).toBeVisible();
  await ines.context().close();
});

test("one click in the mail program unsubscribes, and the link's page takes it back", async () => {
  await openMail("Your book");
  await tom.getByRole("button", { name: english("simulator.mail.unsubscribe") }).click();
  await expect.poll(async () => (await post()).body.code).toBe("opted_out");
  await tom.goto(await linkOf("/unsubscribe/"));
  await expect(tom.getByText("a•••@clients.example")).toBeVisible();
  await tom.getByRole("button", { name: english("subscription.back") }).click();
  await expect(tom.getByRole("button", { name: english("subscription.leave") })).toBeVisible();
  expect((await post({ subject: "Again" })).status).toBe(202);
});

test("a forgotten password is replaced by a mail that nobody else can read", async ({
  browser,
}) => {
  const guest = await open(browser);
  await guest.goto("/login");
  await guest.getByRole("link", { name: english("auth.forgot") }).click();
  await guest.waitForURL("**/forgot");
  await guest.getByLabel(english("auth.email")).fill(DEMO_USERS.ines.email);
  await guest.getByRole("button", { name: english("auth.forgotSubmit") }).click();
  await expect(guest.getByRole("status")).toContainText(DEMO_USERS.ines.email);
  await openMail("Choisissez un nouveau mot de passe");
  await guest.goto(await linkOf("/reset/"));
  await guest.getByLabel(english("auth.newPassword"), { exact: true }).fill(PASSWORD);
  await guest.getByRole("button", { name: english("auth.resetSubmit") }).click();
  await guest.waitForURL("**/inbox");
  await guest.context().close();
});

test("R104 R416 an administrator connects a sender of e-mails and tests it", async ({
  browser,
}) => {
  const marc = await comeInAs(browser, app, "marc");
  const label = (key: "name" | "type" | "provider" | "connect" | "email.host" | "email.from") =>
    french(`settings.integrations.${key}`);
  await marc.goto("/settings/integrations/new");
  await marc.getByLabel(label("name"), { exact: true }).fill("Avis");
  await marc.getByLabel(label("type"), { exact: true }).selectOption("email");
  await marc.getByLabel(label("provider"), { exact: true }).selectOption("smtp");
  await marc.getByLabel(label("email.host"), { exact: true }).fill("127.0.0.1");
  await marc.getByLabel(label("email.from"), { exact: true }).fill("avis@example.org");
  await marc.getByRole("button", { name: label("connect") }).click();
  await expect(marc.getByText(french("errors.field.smtp_private"))).toBeVisible();
  await marc.goto("/settings/integrations");
  await marc
    .getByRole("link", { name: /E-mail/ })
    .first()
    .click();
  await marc.getByLabel(french("settings.test.toEmail")).fill(ADA);
  await marc.getByRole("button", { name: french("settings.test.run") }).click();
  await expect(marc.getByText(french("settings.test.statuses.delivered"))).toBeVisible();
  await marc.context().close();
});

async function open(browser: Browser): Promise<Page> {
  return openPage(await browser.newContext({ baseURL: app.origin, locale: "en-GB" }));
}
