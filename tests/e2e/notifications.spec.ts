import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_WORKSPACES } from "../../db/demo/cast";
import { workspaces } from "../../db/schema";
import { createClient } from "../support/api";
import { comeInAs } from "../support/people";
import { type PhoneScreen, phoneScreen } from "../support/phone-screen";
import { startRunningApp } from "../support/running-app";
import { english } from "../support/words";

/** Business systems report what happened; it is read where it arrives. */
const CUSTOMER = "+33199000761";

let app: Awaited<ReturnType<typeof startRunningApp>>;
let tom: Page;
let phone: PhoneScreen;
let authorization: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  tom = await comeInAs(browser, app, "tom");
  phone = phoneScreen(tom, english);
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [demo] = await app.deps.db.select().from(workspaces).where(eq(workspaces.slug, slug));
  if (!demo) throw new Error("the demo is not there");
  authorization = (await createClient(app.deps, demo.id, { role: "agent" })).authorization;
});

test.afterAll(async () => {
  await app?.stop();
});

async function post(resource: string, body: object) {
  const response = await fetch(`${app.origin}/api/v1/${resource}`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

test("R119 R120 R121 a ticket is created, almost called and called on the customer's phone", async () => {
  await tom.goto("/simulator");
  await phone.addPhone(CUSTOMER);
  const recipient = { phone: CUSTOMER };
  const ticket = { ticket_number: "A-042", customer_name: "Awa" };
  const waiting = { ...ticket, service_name: "Visa", queue_name: "B", eta_minutes: 15 };
  for (const [type, data, words] of [
    ["ticket.created", waiting, "Attente estimée : 15 min"],
    ["ticket.almost_called", ticket, "c'est presque à vous"],
    ["ticket.called", { ...ticket, agent_name: "Inès" }, "est appelé par Inès"],
  ] as const) {
    const answer = await post("events", { type, recipient, data });
    expect(answer.status).toBe(202);
    await expect(phone.received(words)).toHaveCount(1);
  }
});

test("R010 R013 alerts to a phone come as the person wants: the first at once, a weak one not at all", async () => {
  const recipient = { phone: CUSTOMER };
  const alert = { recipient, type: "security.anomaly", title: "Anomaly", channels: ["sms"] };
  const weak = await post("notifications", { ...alert, severity: "high", message: "A cat" });
  expect(weak.body.deliveries).toMatchObject([{ status: "refused", reason: "severity_too_low" }]);
  const severe = { ...alert, severity: "critical", message: "Smoke in hall B" };
  const explained = await post("notifications/explain", severe);
  expect(explained.body.deliveries).toMatchObject([{ status: "queued", reason: "sends" }]);
  await post("notifications", severe);
  await expect(phone.received("Smoke in hall B")).toHaveCount(1);
  await expect(phone.received("A cat")).toHaveCount(0);
});
