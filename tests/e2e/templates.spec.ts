import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_WORKSPACES } from "../../db/demo/cast";
import { workspaces } from "../../db/schema";
import { createClient } from "../support/api";
import { openPage } from "../support/listening-page";
import { comeInAs } from "../support/people";
import { type PhoneScreen, phoneScreen } from "../support/phone-screen";
import { startRunningApp } from "../support/running-app";
import { french } from "../support/words";

/** An administrator writes what customers read, and sees it before and after. */
const CUSTOMER = "+33199000762";

let app: Awaited<ReturnType<typeof startRunningApp>>;
let marc: Page;
let simulator: Page;
let phone: PhoneScreen;
let client: Awaited<ReturnType<typeof createClient>>;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  marc = await comeInAs(browser, app, "marc");
  simulator = await openPage(marc.context());
  phone = phoneScreen(simulator, french);
  await simulator.goto("/simulator");
  await phone.addPhone(CUSTOMER);
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [demo] = await app.deps.db.select().from(workspaces).where(eq(workspaces.slug, slug));
  if (!demo) throw new Error("the demo is not there");
  client = await createClient(app.deps, demo.id, { role: "admin" });
});

test.afterAll(async () => {
  await app?.stop();
});

async function post(resource: string, body: object, method = "POST") {
  const response = await fetch(`${app.origin}/api/v1/${resource}`, {
    method,
    headers: { authorization: client.authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const call = (number: string) =>
  post("events", {
    type: "ticket.called",
    recipient: { phone: CUSTOMER },
    data: { ticket_number: number, customer_name: "Awa" },
  });
const save = () => marc.getByRole("button", { name: french("templates.save"), exact: true });
const body = () => marc.getByLabel(french("templates.body"), { exact: true });
const preview = () => marc.getByTestId("preview");

async function openCalled() {
  await marc.goto("/templates?event=ticket.called&channel=sms&locale=fr");
  await marc.locator("main li a").click();
  await expect(body()).toBeVisible();
}

test("R105 R120 words are written beside what the customer reads, and are then sent", async () => {
  expect((await call("A-1")).status).toBe(202);
  await expect(phone.received("Votre ticket A-1 est appelé")).toHaveCount(1);
  await openCalled();
  await expect(preview()).toContainText("Bonjour Awa, c'est à vous ! Votre ticket A-1");
  await body().fill("Ticket {{ ticket_nummer }}");
  await expect(marc.locator("[data-unknown=ticket_nummer]")).toHaveCount(1);
  await expect(
    marc.getByText(french("templates.faults.unknown_variable", { name: "ticket_nummer" })),
  ).toBeVisible();
  await expect(save()).toBeDisabled();
  await body().fill("Guichet 3, ticket ");
  const insert = french("templates.variables.label");
  await marc.getByRole("list", { name: insert }).getByText("ticket_number").click();
  await expect(body()).toHaveValue("Guichet 3, ticket {{ ticket_number }}");
  await expect(preview()).toHaveText("Guichet 3, ticket A-1");
  await marc.getByRole("radio", { name: french("templates.samples.long") }).click();
  await expect(preview()).toHaveText("Guichet 3, ticket ACC-0042");
  await expect(marc.locator("dd[data-segments='1']")).toHaveCount(2);
  await save().click();
  await expect(marc.getByText(french("templates.versions.newest"))).toBeVisible();
  await call("A-2");
  await expect(phone.received("Guichet 3, ticket A-2")).toHaveCount(1);
});

test("R108 a test goes to the number that is written there", async () => {
  await openCalled();
  await marc.getByLabel(french("templates.test.number")).fill(CUSTOMER);
  await body().fill("Essai {{ ticket_number }}");
  await marc.getByRole("radio", { name: french("templates.samples.short") }).click();
  await marc.getByRole("button", { name: french("templates.test.send") }).click();
  await expect(phone.received("Essai A-1")).toHaveCount(1);
});

test("who saves over somebody else's words is asked first; an earlier version comes back", async () => {
  await openCalled();
  const { pathname } = new URL(marc.url());
  const other = { name: "Ticket appelé", body: "De l’autre : {{ ticket_number }}", isActive: true };
  expect((await post(pathname.slice(1), other, "PUT")).status).toBe(200);
  await body().fill("De Marc : {{ ticket_number }}");
  await save().click();
  await expect(marc.getByText(french("errors.action.template_changed"))).toBeVisible();
  await marc.getByRole("button", { name: french("templates.saveOver") }).click();
  const third = marc.getByText(french("templates.versions.version", { version: 3 }));
  await expect(third).toBeVisible();
  const second = marc.locator("ol > li", {
    hasText: french("templates.versions.version", { version: 2 }),
  });
  await second.getByRole("button", { name: french("templates.versions.compare") }).click();
  const difference = marc.getByRole("region", { name: french("templates.versions.difference") });
  await expect(difference.locator("del")).toContainText(["l’autre"]);
  await expect(difference.locator("ins")).toContainText(["Marc"]);
  await second.getByRole("button", { name: french("templates.versions.restore") }).click();
  const asked = marc.getByRole("alertdialog");
  await asked.getByRole("button", { name: french("templates.versions.restore") }).click();
  await expect(body()).toHaveValue("De l’autre : {{ ticket_number }}");
});

test("switched off, the shipped words are sent again; used ones are not deleted", async () => {
  await openCalled();
  await marc.getByRole("button", { name: french("templates.remove") }).click();
  const asked = marc.getByRole("alertdialog");
  await asked.getByRole("button", { name: french("templates.remove") }).click();
  await expect(marc.getByText(french("errors.action.template_in_use"))).toBeVisible();
  await marc.getByRole("switch", { name: french("templates.active") }).click();
  await save().click();
  await expect(marc.getByText(french("templates.versions.off"), { exact: true })).toBeVisible();
  await call("A-9");
  await expect(phone.received("Votre ticket A-9 est appelé")).toHaveCount(1);
});

test("R106 R302 a custom e-mail is written with variables of its own and shown as it arrives", async () => {
  await marc.goto("/templates/new");
  await marc.getByLabel(french("templates.name"), { exact: true }).fill("Bienvenue");
  await marc.getByLabel(french("templates.channel"), { exact: true }).selectOption("email");
  await marc.getByLabel(french("templates.subject"), { exact: true }).fill("Bonjour {{ prenom }}");
  await body().fill("Bienvenue,\n\n<b>{{ prenom }}</b>");
  const add = french("templates.variables.addNamed", { name: "prenom" });
  await marc.getByRole("button", { name: add }).click();
  await expect(marc.getByTestId("preview-subject")).toHaveText("Bonjour Awa");
  const frame = marc.frameLocator("iframe");
  await expect(frame.locator("b")).toHaveText("Awa");
  await expect(frame.locator(".brand")).toHaveText(DEMO_WORKSPACES[0]?.name ?? "");
  await save().click();
  await marc.waitForURL(/\/templates\/[\da-f-]{36}$/);
  const sent = await post("messages", {
    channel: "email",
    to: "awa@example.test",
    template: "Bienvenue",
    variables: { prenom: "<Awa>" },
  });
  expect(sent).toMatchObject({ status: 202, body: { subject: "Bonjour <Awa>" } });
  await marc.goto("/templates?event=custom");
  await expect(marc.locator("main li a")).toContainText(["Bienvenue"]);
});
