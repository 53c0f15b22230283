import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_WORKSPACES } from "../../db/demo/cast";
import { workspaces } from "../../db/schema";
import { createClient } from "../support/api";
import { comeInAs } from "../support/people";
import { startRunningApp } from "../support/running-app";
import { french } from "../support/words";

/** An administrator decides what is told, and how; a business system reports it. */
let app: Awaited<ReturnType<typeof startRunningApp>>;
let marc: Page;
let authorization: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  marc = await comeInAs(browser, app, "marc");
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [demo] = await app.deps.db.select().from(workspaces).where(eq(workspaces.slug, slug));
  if (!demo) throw new Error("the demo is not there");
  authorization = (await createClient(app.deps, demo.id, { role: "agent" })).authorization;
  await marc.goto("/settings/notification-types");
});

test.afterAll(async () => {
  await app?.stop();
});

async function report(type: string, data: Record<string, unknown>) {
  const answer = await marc.request.post("/api/v1/events", {
    headers: { authorization },
    data: { type, recipient: { phone: "+33199000764" }, data },
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
