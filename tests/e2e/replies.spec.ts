import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_USERS, DEMO_WORKSPACES } from "../../db/demo/cast";
import { users, workspaces } from "../../db/schema";
import { createClient } from "../support/api";
import { type InboxScreen, inboxScreen, openInbox } from "../support/inbox-screen";
import { comeInAs } from "../support/people";
import { type PhoneScreen, phoneScreen } from "../support/phone-screen";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/** What automatic messages are answered: by codes that act, and by words that reach the team. */
const CUSTOMER = "+33199000771";
const SHOWN = "01 99 00 07 71";
const CAMERA = { type: "loan", id: "42", title: "Caméra no 42", url: "https://example.com/42" };

let app: Awaited<ReturnType<typeof startRunningApp>>;
let ines: Page;
let tom: Page;
let inbox: InboxScreen;
let phone: PhoneScreen;
let authorization: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  ines = await comeInAs(browser, app, "ines");
  tom = await comeInAs(browser, app, "tom");
  inbox = inboxScreen(ines, french);
  phone = phoneScreen(tom, english);
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [demo] = await app.deps.db.select().from(workspaces).where(eq(workspaces.slug, slug));
  if (!demo) throw new Error("the demo is not there");
  authorization = (await createClient(app.deps, demo.id, { role: "admin" })).authorization;
});

test.afterAll(async () => {
  await app?.stop();
});

async function tell(body: object): Promise<string> {
  const response = await fetch(`${app.origin}/api/v1/notifications`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ severity: "critical", channels: ["sms"], ...body }),
  });
  expect(response.status).toBe(202);
  return (await response.json()).id;
}

async function answerOf(id: string): Promise<string | null> {
  const response = await fetch(`${app.origin}/api/v1/notifications/${id}`, {
    headers: { authorization },
  });
  return (await response.json()).answer;
}

const panel = () => ines.getByRole("complementary", { name: french("contacts.panel") });

test("a code from the phone acknowledges the alert, is confirmed there, and asks nothing of the team", async () => {
  await tom.goto("/simulator");
  await phone.addPhone(CUSTOMER);
  await openInbox(ines);
  const recipient = { phone: CUSTOMER };
  const message = "Hall B. Répondez OK dès que vous l'avez vu.";
  const id = await tell({ recipient, type: "security.anomaly", title: "Fumée", message });
  await expect(phone.received("Répondez OK")).toHaveCount(1);
  await phone.write("ok.");
  await expect(phone.received("C'est noté : Fumée")).toHaveCount(1);
  expect(await answerOf(id)).toBe("acknowledge");
  await expect(inbox.card(SHOWN)).toHaveCount(0);
  await inbox.view("resolved").click();
  await inbox.open(SHOWN);
  const alert = inbox.bubble("Répondez OK");
  await expect(alert).toContainText(french("thread.about.kinds.alert"));
  await expect(inbox.thread.getByText("Accusé de réception par code")).toBeVisible();
  const told = panel().getByRole("listitem").filter({ hasText: "Fumée" });
  await expect(told).toContainText(french("notifications.answers.acknowledge"));
});

test("several questions are listed on the phone, and a number picks one of them", async () => {
  const recipient = { phone: CUSTOMER };
  const message = "Répondez OUI ou ANNULER.";
  const replyCodes = [
    { word: "OUI", action: "confirm" },
    { word: "ANNULER", action: "cancel" },
  ];
  const visit = { recipient, type: "transactional", message, replyCodes };
  const first = await tell({ ...visit, title: "Visite de lundi" });
  await expect(phone.received("Visite de lundi")).toHaveCount(1);
  const second = await tell({ ...visit, title: "Visite de mardi" });
  await expect(phone.received("Visite de mardi")).toHaveCount(1);
  await phone.write("Annuler");
  await expect(phone.received("2. Visite de lundi")).toHaveCount(1);
  await phone.write("2");
  await expect(phone.received("Annulation notée : Visite de lundi")).toHaveCount(1);
  expect([await answerOf(first), await answerOf(second)]).toEqual(["cancel", null]);
  await expect(inbox.thread.getByText("Annulé par code")).toBeVisible();
});

test("an answer in words opens with the reminder quoted and its subject beside it", async () => {
  const due = { ...CAMERA, dueOn: "2027-03-15" };
  const recipient = { phone: CUSTOMER };
  const message = "À rendre demain.";
  await tell({ recipient, type: "reminder", title: "Retour de la caméra", message, subject: due });
  await expect(phone.received("Retour de la caméra")).toHaveCount(1);
  await phone.write("Oui merci, mais je peux la garder un jour de plus ?");
  await inbox.view("all").click();
  await inbox.open(SHOWN);
  const answer = inbox.bubble("un jour de plus");
  await expect(answer.getByRole("blockquote")).toContainText("Retour de la caméra");
  await expect(answer.getByRole("link", { name: CAMERA.title })).toHaveAttribute(
    "href",
    CAMERA.url,
  );
  const told = panel().getByRole("listitem").filter({ hasText: "Retour de la caméra" });
  await expect(told.getByRole("link", { name: CAMERA.title })).toBeVisible();
  await expect(told).toContainText("15 mars");
});

test("a colleague reads in their notifications what they answered", async () => {
  const [user] = await app.deps.db
    .select()
    .from(users)
    .where(eq(users.email, DEMO_USERS.ines.email));
  if (!user) throw new Error("Inès is not there");
  await phone.addPhone(DEMO_USERS.ines.phone);
  const message = "Portail nord.";
  const recipient = { userId: user.id };
  await tell({ recipient, type: "alert", title: "Intrusion", message, channels: ["web", "sms"] });
  await expect(phone.received("Portail nord")).toHaveCount(1);
  await phone.write("vu");
  await expect(phone.received("C'est noté : Intrusion")).toHaveCount(1);
  await ines.goto("/notifications");
  const card = ines.getByRole("article").filter({ hasText: "Intrusion" });
  await expect(card).toContainText(french("notifications.answers.acknowledge"));
});
