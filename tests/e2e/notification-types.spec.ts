import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_WORKSPACES } from "../../db/demo/cast";
import { workspaces } from "../../db/schema";
import { createClient } from "../support/api";
import { deedAnswered } from "../support/listening-page";
import { comeInAs } from "../support/people";
import { type PhoneScreen, phoneScreen } from "../support/phone-screen";
import { startRunningApp } from "../support/running-app";
import { french } from "../support/words";

/** An administrator decides what is told, and how; a business system reports it. */
let app: Awaited<ReturnType<typeof startRunningApp>>;
let marc: Page;
let authorization: string;
let phone: PhoneScreen;

const CUSTOMER = "+33199000764";

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  marc = await comeInAs(browser, app, "marc");
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [demo] = await app.deps.db.select().from(workspaces).where(eq(workspaces.slug, slug));
  if (!demo) throw new Error("the demo is not there");
  authorization = (await createClient(app.deps, demo.id, { role: "agent" })).authorization;
  await marc.goto("/settings/notification-types");
  const simulator = await marc.context().newPage();
  phone = phoneScreen(simulator, french);
  await simulator.goto("/simulator");
});

test.afterAll(async () => {
  await app?.stop();
});

async function report(type: string, data: Record<string, unknown>, subject?: object) {
  const answer = await marc.request.post("/api/v1/events", {
    headers: { authorization },
    data: { type, recipient: { phone: CUSTOMER }, data, ...(subject && { subject }) },
  });
  return { status: answer.status(), body: await answer.json() };
}

const row = (text: string) => marc.getByRole("listitem").filter({ hasText: text });
const dialog = () => marc.getByRole("dialog");

test("R106 a ready type is switched off: what is reported of it is kept and reaches nobody", async () => {
  const name = "Ticket appelé";
  await row(name)
    .getByRole("button", { name: french("notificationTypes.editOf", { name }), exact: true })
    .click();
  await dialog()
    .getByRole("switch", { name: french("notificationTypes.active"), exact: true })
    .click();
  await dialog()
    .getByRole("button", { name: french("ui.save"), exact: true })
    .click();
  await expect(row(name).getByText(french("notificationTypes.off"), { exact: true })).toBeVisible();
  const told = await report("ticket.called", { ticket_number: "A-1" });
  expect(told.status).toBe(202);
  expect(told.body.data[0].deliveries).toContainEqual(
    expect.objectContaining({ channel: "sms", status: "refused", reason: "type_inactive" }),
  );
});

test("a type of the workspace's own is made, its faults named at their fields, and then reported", async () => {
  await marc.getByRole("button", { name: french("notificationTypes.new"), exact: true }).click();
  await dialog().getByLabel(french("notificationTypes.key"), { exact: true }).fill("commande");
  await dialog()
    .getByLabel(french("notificationTypes.category"), { exact: true })
    .fill("commandes");
  await dialog()
    .getByLabel(french("notificationTypes.kind"), { exact: true })
    .selectOption("transactional");
  await dialog().getByLabel(french("notificationTypes.name.fr"), { exact: true }).fill("Expédiée");
  await dialog().getByLabel(french("notificationTypes.name.en"), { exact: true }).fill("Shipped");
  await dialog().getByRole("checkbox", { name: "SMS", exact: true }).click();
  const create = dialog().getByRole("button", {
    name: french("notificationTypes.create"),
    exact: true,
  });
  await create.click();
  await expect(dialog().getByText(french("errors.field.invalid_key"))).toBeVisible();
  await dialog()
    .getByLabel(french("notificationTypes.key"), { exact: true })
    .fill("commande.expediee");
  await create.click();
  await expect(row("commande.expediee")).toBeVisible();
  await expect(marc.getByRole("heading", { name: "commandes", exact: true })).toBeVisible();
  const told = await report("commande.expediee", { title: "Expédiée", message: "Demain" });
  expect(told.body.data[0].deliveries).toContainEqual(
    expect.objectContaining({ channel: "sms", status: "queued" }),
  );
});

test("R105 R106 R107 it is given variables and a template, and its customer reads that on the phone", async () => {
  const name = "Expédiée";
  await row("commande.expediee")
    .getByRole("link", { name: french("notificationTypes.wordsOf", { name }) })
    .click();
  await expect(marc.getByRole("heading", { name, exact: true })).toBeVisible();
  await marc
    .getByRole("button", {
      name: french("templates.variables.addNamed", { name: "customer_name" }),
    })
    .click();
  const variables = marc.locator("section").filter({
    has: marc.getByRole("heading", {
      name: french("notificationTypes.variables.title"),
      exact: true,
    }),
  });
  const save = variables.getByRole("button", { name: french("ui.save"), exact: true });
  const add = marc.getByRole("button", { name: french("templates.variables.add"), exact: true });
  const names = marc.getByLabel(french("templates.variables.name"), { exact: true });
  await add.click();
  await names.nth(1).fill("customer_name");
  await save.click();
  await expect(
    marc.getByText(`customer_name: ${french("errors.field.name_twice")}`, { exact: true }),
  ).toBeVisible();
  await names.nth(1).fill("Colis");
  await save.click();
  await expect(save).toBeDisabled();

  await marc
    .getByRole("link", {
      name: french("notificationTypes.templates.writeOf", { place: "SMS · Français" }),
      exact: true,
    })
    .click();
  await expect(marc).toHaveURL(/\/templates\/new\?event=commande\.expediee/);
  const body = marc.getByLabel(french("templates.body"), { exact: true });
  await body.fill("Votre colis {{ poids }} part.");
  await expect(
    marc.getByText(french("templates.faults.unknown_variable", { name: "poids" })),
  ).toBeVisible();
  await body.fill("Votre colis {{ colis }} part.");
  await marc.getByRole("button", { name: french("templates.save"), exact: true }).click();
  await expect(marc).toHaveURL(/\/templates\/[0-9a-f-]{36}$/);

  const lacking = await report("commande.expediee", {});
  expect(lacking.status).toBe(422);
  expect(lacking.body.errors.map(({ path }: { path: string }) => path)).toEqual(["data.colis"]);
  expect((await report("commande.expediee", { colis: "C-42" })).status).toBe(202);
  await phone.addPhone(CUSTOMER);
  await expect(phone.received("Votre colis C-42 part.")).toBeVisible();

  await marc.goto("/templates?event=commande.expediee");
  await expect(marc.locator("main li a")).toHaveCount(1);
  await expect(marc.locator("main li a")).toContainText(name);
});

test("R305 it is given reminders, their faults named at their fields, and an event plans them", async () => {
  const label = (key: "key" | "amount" | "direction" | "time" | "endings") =>
    marc.getByLabel(french(`notificationTypes.plan.${key}`), { exact: true });
  await marc.goto("/settings/notification-types/commande.expediee");
  const add = marc.getByRole("button", { name: french("notificationTypes.plan.add"), exact: true });
  const save = marc.locator("form").getByRole("button", { name: french("ui.save"), exact: true });
  await add.click();
  await label("key").fill("J-2");
  await label("amount").fill("1.5");
  await label("endings").fill("commande.recue");
  await save.click();
  await expect(marc.getByText(french("errors.field.whole_days"), { exact: true })).toBeVisible();
  await label("amount").fill("2");
  await save.click();
  await expect(marc.getByText(french("ui.saved"), { exact: true })).toBeVisible();
  await expect(marc.getByText(french("errors.field.whole_days"), { exact: true })).toBeHidden();
  await marc.reload();
  await expect(label("amount")).toHaveValue("2");
  await expect(label("endings")).toHaveValue("commande.recue");

  const dueOn = new Date(app.deps.clock.now().getTime() + 9 * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const subject = { type: "commande", id: "C-77", title: "Commande 77", dueOn };
  const told = await report("commande.expediee", { colis: "C-77" }, subject);
  expect(told.body.data[0].reminders).toMatchObject([
    { plan: "commande.expediee", key: "J-2", status: "scheduled" },
  ]);
  await marc.goto("/reminders?q=C-77");
  await expect(marc.getByRole("article").filter({ hasText: "Commande 77" })).toBeVisible();
  await marc.goto("/preferences");
  await expect(marc.getByRole("switch", { name: "Expédiée", exact: true })).toBeChecked();
});

test("it is deleted with its template and its reminders, once that was asked", async () => {
  await marc.goto("/settings/notification-types");
  const name = "Expédiée";
  await row("commande.expediee")
    .getByRole("button", { name: french("notificationTypes.editOf", { name }), exact: true })
    .click();
  await dialog()
    .getByRole("button", { name: french("ui.delete"), exact: true })
    .click();
  const question = marc.getByRole("alertdialog");
  await expect(question).toContainText(french("notificationTypes.removeLead"));
  // Behind an open dialog no row has a role: that it is gone says nothing before the answer.
  const deleted = deedAnswered(marc);
  await question.getByRole("button", { name: french("ui.delete"), exact: true }).click();
  await deleted;
  await expect(question).toBeHidden();
  await expect(row("commande.expediee")).toHaveCount(0);
  await marc.goto("/templates?event=commande.expediee");
  await expect(marc.getByText(french("templates.none"), { exact: true })).toBeVisible();
  await marc.goto("/reminders?status=ended&q=C-77");
  await expect(marc.getByText(french("reminders.reasons.type_deleted"))).toBeVisible();
  expect((await report("commande.expediee", { colis: "C-43" })).body.code).toBe("unknown_type");
});
