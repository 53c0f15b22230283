import { expect, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { DEMO_USERS } from "../../db/demo/cast";
import { users, workspaces } from "../../db/schema";
import { DEMO_WORKSPACES } from "../../db/demo/cast";
import { putType } from "../../db/writes/notification-types";
import { aVariable } from "../../lib/domain/templates/template-input";
import { createClient } from "../support/api";
import { comeInAs } from "../support/people";
import { startRunningApp } from "../support/running-app";

test("look", async ({ browser }) => {
  test.setTimeout(120000);
  const app = await startRunningApp({ DEMO: "true" });
  const slug = DEMO_WORKSPACES[0]?.slug ?? "";
  const [demo] = await app.deps.db.select().from(workspaces).where(eq(workspaces.slug, slug));
  const client = await createClient(app.deps, demo!.id, { role: "admin" });
  const post = (path: string, body: object) => fetch(`${app.origin}/api/v1${path}`, { method: "POST", headers: { authorization: client.authorization, "content-type": "application/json" }, body: JSON.stringify(body) });
  const r = await post("/notification-types", { key: "order.shipped", kind: "transactional", category: "orders", severity: "medium", channels: ["sms", "web"], names: { fr: "Commande expédiée", en: "Order shipped" }, variables: [{ name: "customer_name", type: "text", default: "" }, { name: "parcel", type: "text" }, { name: "due", type: "date" }] });
  expect(r.status).toBe(201);
  await post("/templates", { name: "Expédiée", event: "order.shipped", channel: "sms", locale: "fr", body: "Votre colis {{ parcel }} part." });
  const marc = await comeInAs(browser, app, "marc");
  const shoot = async (name: string) => {
    for (const [key, path] of Object.entries({ list: "/settings/notification-types", type: "/settings/notification-types/order.shipped", new: "/templates/new?event=order.shipped&channel=email&locale=fr", templates: "/templates?event=order.shipped" })) {
      await marc.goto(path);
      await marc.waitForLoadState("networkidle");
      await marc.screenshot({ path: `/tmp/look-${name}-${key}.png`, fullPage: true });
    }
  };
  await app.deps.db.update(users).set({ locale: "fr", theme: "light" }).where(eq(users.email, DEMO_USERS.marc.email));
  await marc.setViewportSize({ width: 1280, height: 900 });
  await shoot("fr");
  await app.deps.db.update(users).set({ locale: "en", theme: "dark" }).where(eq(users.email, DEMO_USERS.marc.email));
  await marc.setViewportSize({ width: 390, height: 1600 });
  await shoot("en");
  await app.stop();
});
