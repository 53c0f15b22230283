import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_USERS } from "../../db/demo/cast";
import { addresses, memberships, users } from "../../db/schema";
import { prefer } from "../support/notifications";
import { comeInAs } from "../support/people";
import { startRunningApp } from "../support/running-app";
import { english, french } from "../support/words";

/** Before anything is sent it can be asked what would come, and which rule decides. */
const NIGHT = {
  days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  start: "22:00",
  end: "07:00",
} as const;

let app: Awaited<ReturnType<typeof startRunningApp>>;

test.beforeAll(async () => {
  app = await startRunningApp({ DEMO: "true" });
  const [tom] = await app.deps.db
    .select({ personId: memberships.personId, workspaceId: memberships.workspaceId })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(users.email, DEMO_USERS.tom.email));
  if (!tom) throw new Error("the demo is not there");
  await prefer(app.deps, tom, { quietHours: [NIGHT] });
  const { clock, chance } = app.deps;
  const number = { kind: "phone", value: "+33600000071", raw: "06 00 00 00 71" } as const;
  await app.deps.db
    .insert(addresses)
    .values({ ...tom, ...number, id: chance.uuid(), createdAt: clock.now() });
});

test.afterAll(async () => {
  await app?.stop();
});

const severity = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("an administrator asks what would come to Tom at 02:00, and why not", async ({ browser }) => {
  const marc = await comeInAs(browser, app, "marc");
  await marc.goto("/why");
  await marc.getByLabel(french("why.person")).selectOption({ label: DEMO_USERS.tom.name });
  await marc.getByLabel(french("why.type")).selectOption("security.anomaly");
  await marc.getByLabel(french("why.at")).fill("2027-01-15T02:00");
  await marc.getByRole("button", { name: french("why.ask"), exact: true }).click();
  await expect(marc).toHaveURL(/at=2027-01-15T02/);
  const high = severity(marc, french("notifications.severities.high"));
  await expect(high.getByText(french("why.fates.held")).first()).toBeVisible();
  await expect(high).toContainText("Heures calmes : gardé jusqu’au 15 janv. 2027, 07:00");
  const critical = severity(marc, french("notifications.severities.critical"));
  await expect(critical.getByText(french("why.fates.queued")).first()).toBeVisible();
  await marc.context().close();
});

test("R229 who is no administrator asks about themselves alone", async ({ browser }) => {
  const tom = await comeInAs(browser, app, "tom");
  await tom.goto("/notifications");
  await tom.getByRole("link", { name: english("why.open"), exact: true }).click();
  await expect(tom.getByRole("heading", { name: english("why.title") })).toBeVisible();
  await expect(tom.getByLabel(english("why.person"))).toHaveCount(0);
  await tom.goto("/why?at=2027-01-15T02%3A00&type=security.anomaly");
  const high = severity(tom, english("notifications.severities.high"));
  await expect(high).toContainText("Quiet hours: kept until Jan 15, 2027, 7:00 AM");
  await tom.context().close();
});

test("what WhatsApp cannot carry outside its 24 h would come by SMS instead", async ({
  browser,
}) => {
  const tom = await comeInAs(browser, app, "tom");
  await tom.goto("/why?at=2027-01-15T12%3A00&type=loan.assigned");
  const first = tom.getByRole("region").filter({ hasText: "WhatsApp" }).first();
  await expect(first).toContainText("an approved template is needed");
  await expect(first).toContainText(
    "WhatsApp’s 24 hours are over and no approved text: sent by SMS instead",
  );
  await tom.context().close();
});
