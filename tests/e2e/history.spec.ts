import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_USERS, DEMO_WORKSPACES } from "../../db/demo/cast";
import { auditLog, users, workspaces } from "../../db/schema";
import { createClient } from "../support/api";
import { comeInAs } from "../support/people";
import { type PhoneScreen, phoneScreen } from "../support/phone-screen";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/** An administrator finds what did not arrive, learns why, sends it again, and reads the figures. */
const CUSTOMER = "+33199000762";
const REFUSED = "Leak in the cellar";
const SENT = "Smoke in hall C";

let app: Awaited<ReturnType<typeof startRunningApp>>;
let marc: Page;
let phone: PhoneScreen;
let authorization: string;
let refused: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startRunningApp({ DEMO: "true" });
  const { db } = app.deps;
  await db.update(users).set({ locale: "en" }).where(eq(users.email, DEMO_USERS.marc.email));
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [demo] = await db.select().from(workspaces).where(eq(workspaces.slug, slug));
  if (!demo) throw new Error("the demo is not there");
  authorization = (await createClient(app.deps, demo.id)).authorization;
  const tom = await comeInAs(browser, app, "tom");
  phone = phoneScreen(tom, english);
  await tom.goto("/simulator");
  await phone.addPhone(CUSTOMER);
  const alert = { recipient: { phone: CUSTOMER }, type: "security.anomaly", channels: ["sms"] };
  await post("notifications", { ...alert, severity: "critical", title: SENT, message: "Now" });
  await expect(phone.received(SENT)).toHaveCount(1);
  const weak = { ...alert, severity: "high", title: REFUSED, message: "Slowly" };
  refused = (await post("notifications", weak)).id;
  marc = await comeInAs(browser, app, "marc");
});

test.afterAll(async () => {
  await app?.stop();
});

async function post(resource: string, body: object) {
  return (await request("POST", resource, body)).json();
}

function request(method: string, resource: string, body?: object) {
  return fetch(`${app.origin}/api/v1/${resource}`, {
    method,
    headers: { authorization, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
}

const filter = (name: string) =>
  marc.getByRole("search").getByLabel(english(`history.filters.${name}` as never), { exact: true });
const row = (title: string) => marc.getByRole("row").filter({ hasText: title });

test("R314 the history is narrowed by state and person, and the URL keeps it", async () => {
  await marc.goto("/notifications");
  await marc.getByRole("link", { name: english("history.views.all"), exact: true }).click();
  await expect(row(SENT)).toHaveCount(1);
  await expect(row(REFUSED)).toHaveCount(1);
  await filter("status").selectOption("refused");
  await expect(marc).toHaveURL(/status=refused/);
  await expect(row(SENT)).toHaveCount(0);
  await expect(row(REFUSED)).toHaveCount(1);
  await marc.reload();
  await expect(filter("status")).toHaveValue("refused");
  await expect(row(REFUSED)).toHaveCount(1);
  await filter("q").fill("nobody of that name");
  await filter("q").press("Enter");
  await expect(marc.getByText(english("history.nothingFound"))).toBeVisible();
  await marc.getByRole("link", { name: english("history.filters.clear") }).click();
  await expect(marc).toHaveURL(/\/notifications\?view=all$/);
  await expect(row(SENT)).toHaveCount(1);
  await marc.getByRole("button", { name: english("history.chooseColumns") }).click();
  await marc.getByRole("checkbox", { name: english("history.columns.delay") }).click();
  await expect(marc).toHaveURL(/hide=delay/);
  await marc.keyboard.press("Escape");
  const delay = { name: english("history.columns.delay") };
  await expect(marc.getByRole("columnheader", delay)).toHaveCount(0);
});

test("a row opens every gate, what the provider was asked and what it answered", async () => {
  await marc.goto("/notifications?view=all");
  await row(SENT).getByRole("link").click();
  const panel = marc.getByRole("dialog", { name: SENT });
  await expect(panel).toBeVisible();
  await expect(marc).toHaveURL(/open=/);
  await panel.getByText(english("history.detail.gates", { count: 9 })).click();
  await expect(panel.getByText("✓ Consent")).toBeVisible();
  await panel.getByText(english("history.detail.request")).click();
  await expect(panel.getByText(CUSTOMER, { exact: true })).toBeVisible();
  await expect(panel.getByText("••••••", { exact: true })).toBeVisible();
  await expect(panel.getByText(/SM[0-9a-f]{32}/)).toBeVisible();
  await marc.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(marc).not.toHaveURL(/open=/);
});

test("what was refused is sent again once its reason is gone, and arrives once", async () => {
  await marc.goto(`/notifications?view=all&open=${refused}`);
  const panel = marc.getByRole("dialog", { name: REFUSED });
  await panel.getByText(english("history.detail.gates", { count: 5 })).click();
  await expect(panel.getByText("✕ Severity")).toBeVisible();
  const { personId } = await (await request("GET", `notifications/${refused}`)).json();
  const minSeverity = { web: "low", email: "low", sms: "low", whatsapp: "low" };
  const changed = await request("PUT", `contacts/${personId}/preferences`, { minSeverity });
  expect(changed.status).toBe(200);
  await panel.getByRole("button", { name: english("history.resend.again") }).dblclick();
  await expect(phone.received(REFUSED)).toHaveCount(1);
  await expect(panel.getByText(english("history.detail.decidedAgain"))).toHaveCount(1);
  await expect(panel.getByRole("button", { name: english("history.resend.again") })).toHaveCount(0);
  const again = await request("POST", `notifications/${refused}/resend`, {});
  expect(again.status).toBe(409);
  await expect(phone.received(REFUSED)).toHaveCount(1);
  const told = await app.deps.db.$count(auditLog, eq(auditLog.targetId, refused));
  expect(told).toBe(1);
});

test("R312 R217 R218 the dashboard counts, runs a job and tries one, and keeps the focus", async () => {
  await marc.goto("/dashboard?period=24h");
  const tiles = marc.getByRole("region", { name: english("dashboard.tiles.label") });
  await expect(tiles.getByText(english("dashboard.tiles.sent"), { exact: true })).toBeVisible();
  const last = marc.getByRole("region", { name: english("dashboard.last.table") });
  await expect(last.getByRole("row").filter({ hasText: "Anomaly" }).first()).toBeVisible();
  const job = english("dashboard.jobs.names.unsnooze");
  const jobs = marc.getByRole("listitem").filter({ hasText: job });
  await jobs.getByRole("button", { name: english("dashboard.jobs.dryRunOf", { job }) }).click();
  await expect(jobs.getByRole("status")).toHaveText(/: done in [\d.]+ s$/);
  await jobs.getByRole("button", { name: english("dashboard.jobs.runOf", { job }) }).click();
  await expect(jobs.getByRole("status")).toHaveText(/: done in [\d.]+ s$/);
  // Of a server with several workspaces no figure of a job is told.
  await expect(jobs.getByText(/due \d/)).toHaveCount(0);
  const runs = await app.deps.db.$count(auditLog, eq(auditLog.action, "job.run"));
  expect(runs).toBe(1);

  const period = marc.getByLabel(english("dashboard.filters.period"));
  await period.selectOption("30d");
  await expect(marc).toHaveURL(/period=30d/);
  await period.focus();
  const readAt = marc.getByText(/^Read at/);
  const before = await readAt.textContent();
  await expect(async () => {
    await marc.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    expect(await readAt.textContent()).not.toBe(before);
  }).toPass();
  await expect(period).toBeFocused();
});

test("R212 R229 who is no administrator sees their own, with their figures, and no dashboard", async ({
  browser,
}) => {
  const ines = await comeInAs(browser, app, "ines");
  await ines.goto("/notifications?view=all");
  await expect(ines.getByText(french("history.stats.title"))).toBeVisible();
  await expect(ines.getByRole("article").filter({ hasText: "Valise" })).toHaveCount(1);
  await expect(ines.getByText(SENT)).toHaveCount(0);
  await expect(ines.getByRole("table")).toHaveCount(0);
  await ines.goto(`/notifications?view=all&open=${refused}`);
  await expect(ines.getByText(french("history.stats.title"))).toBeVisible();
  await expect(ines.getByRole("dialog")).toHaveCount(0);
  const answer = await ines.goto("/dashboard");
  expect(answer?.status()).toBe(404);
  await ines.context().close();
});
