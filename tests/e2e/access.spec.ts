import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { OPERATIONS } from "../../app/api/v1/operations";
import {
  adminAlerts,
  apiKeys,
  blobs,
  invitations,
  media,
  notificationTypes,
  tasks,
  webhookDeliveries,
  webhookEndpoints,
} from "../../db/schema";
import { hasRole, type Role } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { reportEvents } from "../../lib/events/report-events";
import { createTemplate } from "../../lib/templates/create-template";
import { createClient } from "../support/api";
import { addMessage, createConversation } from "../support/conversation";
import { anAlert, raise } from "../support/notifications";
import { startRunningApp } from "../support/running-app";
import { mintSessionCookie } from "../support/session";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";
import { ACTIONS, type Ids, ROUTES } from "./access-table";

/**
 * Walks every page, route and server action on disk, as nobody, as somebody of too weak a role and as
 * the owner of another workspace who names this one's rows. None may see or change anything of it.
 */
const SECRET = "SECRET-7f3a9c";
const OF_A_ROW = /\{(?:id|key)\}/;
const NO_ROWS = ["sessions", "leases", "job_runs", "rate_limits", "idempotency_keys"];

type App = Awaited<ReturnType<typeof startRunningApp>>;
type Who = { name: string; headers: Record<string, string> };

let app: App;
let ids: Ids;
let victim: TestWorkspace;
const weak: Partial<Record<Role, Who>> = {};
let stranger: Who;
let strangerKey: Who;
const nobody: Who = { name: "nobody", headers: {} };

test.describe.configure({ mode: "serial", timeout: 600_000 });

test.beforeAll(async () => {
  app = await startRunningApp({ DEMO: "true" });
  victim = await createWorkspace(app.deps);
  ids = await fillWorkspace(victim);
  for (const role of ["member", "agent", "admin"] as const) {
    weak[role] = await signIn(victim, role, `a ${role} of this workspace`);
  }
  const other = await createWorkspace(app.deps);
  stranger = await signIn(other, "owner", "the owner of another workspace");
  const client = await createClient(app.deps, other.workspaceId, { role: "owner" });
  strangerKey = {
    name: "another workspace's key",
    headers: { authorization: client.authorization },
  };
});

test.afterAll(async () => {
  await app?.stop();
});

test("every page and route on disk is in the table, and every server action", () => {
  const files = filesOf("app").filter((file) => /(?:^|\/)(?:route|page)\.[jt]sx?$/.test(file));
  const known = Object.keys(ROUTES);
  expect(files.toSorted()).toEqual(known.toSorted());
  const actions = filesOf("app").flatMap(actionsOf);
  expect(actions.toSorted()).toEqual(Object.keys(ACTIONS).toSorted());
});

test("R229 pages and screens' routes turn away nobody, the too weak and the stranger", async () => {
  const before = await snapshot();
  for (const [file, gate] of Object.entries(ROUTES)) {
    if (gate.gate !== "session") continue;
    const url = typeof gate.url === "string" ? gate.url : gate.url(ids);
    for (const who of [nobody, ...tooWeak(gate.role), stranger]) {
      const answer = await call(who, "GET", url);
      const where = `${file} as ${who.name}: ${answer.status}`;
      expect(answer.body, where).not.toContain(SECRET);
      if (who === nobody) expect([303, 307, 401], where).toContain(answer.status);
      if (who === nobody && answer.location) expect(answer.location, where).toContain("/login");
      if (who !== nobody && who !== stranger) expect([403, 404], where).toContain(answer.status);
      if (who === stranger && typeof gate.url !== "string") {
        expect([403, 404], where).toContain(answer.status);
      }
    }
  }
  expect(await snapshot()).toEqual(before);
});

test("R229 API operations turn away nobody, the too weak and the stranger with real ids", async () => {
  const before = await snapshot();
  for (const operation of OPERATIONS) {
    const id = idOf(operation.path);
    const url = `/api/v1${operation.path.replace(OF_A_ROW, id).replace("{version}", "0")}`;
    const body = operation.method === "GET" ? undefined : bodyOf(operation);
    for (const who of [nobody, ...tooWeak(operation.role), stranger, strangerKey]) {
      const answer = await call(who, operation.method, url, body);
      const where = `${operation.method} ${operation.path} as ${who.name}: ${answer.status}`;
      expect(answer.body, where).not.toContain(SECRET);
      if (who === nobody) expect(answer.status, where).toBe(401);
      else if (who !== stranger && who !== strangerKey) expect(answer.status, where).toBe(403);
      else if (OF_A_ROW.test(operation.path)) expect(answer.status, where).toBe(404);
    }
  }
  expect(await snapshot()).toEqual(before);
});

test("what asks for a signature or a token is shut without it, also to those signed in", async () => {
  const before = await snapshot();
  for (const [file, gate] of Object.entries(ROUTES)) {
    if (gate.gate !== "signed") continue;
    for (const method of gate.methods) {
      const body = method === "GET" ? undefined : `AccountSid=${victim.account.sid}&Body=attack`;
      for (const who of [nobody, stranger, weak.admin ?? nobody]) {
        const answer = await call(who, method, gate.url, body);
        const where = `${method} ${file} as ${who.name}: ${answer.status}`;
        expect(answer.body, where).not.toContain(SECRET);
        expect([400, 401, 403, 404, 410, 500], where).toContain(answer.status);
      }
    }
  }
  expect(await snapshot()).toEqual(before);
});

test("public pages show nothing of anybody", async () => {
  for (const [file, gate] of Object.entries(ROUTES)) {
    if (gate.gate !== "public" || !gate.url) continue;
    const answer = await call(nobody, "GET", gate.url);
    expect(answer.status, file).toBeLessThan(500);
    expect(answer.body, file).not.toContain(SECRET);
  }
});

test("R229 server actions turn away nobody, the too weak and the stranger with real ids", async () => {
  const before = await snapshot();
  const built = findBuiltActions();
  expect(built.length).toBeGreaterThan(0);
  for (const action of built) {
    const gate = ACTIONS[action.name];
    expect(gate, `${action.name} is not in the table`).toBeDefined();
    if (!gate) continue;
    const input = typeof gate.input === "function" ? gate.input(ids) : gate.input;
    if (gate.role === "public") {
      const answer = await act(nobody, action, input);
      expect(answer.text, action.name).not.toContain(SECRET);
      continue;
    }
    const out = await act(nobody, action, {});
    expect(out.result, `${action.name} as nobody`).toMatchObject({ ok: false, code: "signed_out" });
    for (const who of tooWeak(gate.role)) {
      const answer = await act(who, action, {});
      expect(answer.result, `${action.name} as ${who.name}`).toMatchObject({ code: "forbidden" });
    }
    if (input === null) continue;
    const answer = await act(stranger, action, input);
    expect(answer.text, action.name).not.toContain(SECRET);
    if (typeof gate.input === "function") {
      expect(answer.result, `${action.name} as the stranger`).toMatchObject({ ok: false });
    }
  }
  expect(await snapshot()).toEqual(before);
});

async function fillWorkspace(workspace: TestWorkspace): Promise<Ids> {
  const { deps } = app;
  const { workspaceId } = workspace;
  const now = deps.clock.now();
  const user = await createUser(deps, workspaceId, "owner", `${SECRET} owner`);
  const conversation = await createConversation(deps, workspace, { name: `${SECRET} person` });
  const message = await addMessage(deps, workspace, conversation, {
    direction: "out",
    status: "failed",
    body: `${SECRET} body`,
  });
  const own = { workspaceId, createdAt: now };
  const blobId = deps.chance.uuid();
  const bytes = Buffer.from(`${SECRET} file`);
  await deps.db
    .insert(blobs)
    .values({ ...own, id: blobId, bytes, size: 4, contentType: "text/plain", sha256: "x" });
  const file = { id: deps.chance.uuid(), direction: "out", status: "stored" } as const;
  await deps.db.insert(media).values({ ...own, ...file, blobId, messageId: message.id });
  await deps.db.insert(notificationTypes).values({
    workspaceId,
    key: "victim.own",
    kind: "alert",
    category: "own",
    severity: "low",
    channels: ["web"],
    isTimeSensitive: false,
    isActive: true,
    names: { fr: `${SECRET} type`, en: `${SECRET} type` },
    variables: [],
    replyCodes: [],
    canceledBy: [],
    updatedAt: now,
  });
  const invitation = { id: deps.chance.uuid(), email: `${SECRET}@example.test`.toLowerCase() };
  await deps.db.insert(invitations).values({
    ...own,
    ...invitation,
    role: "agent",
    tokenHash: deps.chance.uuid(),
    expiresAt: now,
  });
  const apiKey = { id: deps.chance.uuid(), name: SECRET, role: "admin", prefix: "x" } as const;
  await deps.db.insert(apiKeys).values({ ...own, ...apiKey, keyHash: deps.chance.uuid() });
  const alert = { id: deps.chance.uuid(), kind: "configuration_fault" };
  const at = { firstAt: now, lastAt: now, raisedAt: now };
  await deps.db
    .insert(adminAlerts)
    .values({ workspaceId, ...alert, ...at, targetId: workspace.integration.id });
  const task = { id: deps.chance.uuid(), kind: "bad_number", channel: "sms" } as const;
  await deps.db.insert(tasks).values({
    ...task,
    workspaceId,
    personId: conversation.personId,
    integrationId: workspace.integration.id,
    address: "+33199000498",
    errorCode: "30005",
    openedAt: now,
  });
  const by = { workspaceId, actor: { kind: "system" }, role: "owner" } as const;
  const template = await createTemplate(deps, by, {
    name: `${SECRET} template`,
    event: "ticket.called",
    channel: "sms",
    locale: "fr",
    subject: null,
    body: `${SECRET} words`,
    isActive: true,
    variables: null,
    approved: {},
  });
  const webhook = await addWebhook(workspaceId);
  const told = anAlert(conversation.personId, { title: `${SECRET} title`, channels: ["web"] });
  const [raised] = await raise(deps, workspaceId, told);
  const reminder = await planReminder(workspaceId, conversation.personId);
  return {
    workspace: workspaceId,
    conversation: conversation.id,
    person: conversation.personId,
    message: message.id,
    media: file.id,
    integration: workspace.integration.id,
    user: user.id,
    invitation: invitation.id,
    apiKey: apiKey.id,
    alert: alert.id,
    task: task.id,
    notification: raised?.notification.id ?? "",
    reminder,
    template: template.kind === "saved" ? template.template.id : "",
    ...webhook,
  };
}

/** The last reminder of a loan that is due in two months: no job of this app looks at it. */
async function planReminder(workspaceId: WorkspaceId, personId: string): Promise<string> {
  const { deps } = app;
  const dueAt = new Date(deps.clock.now().getTime() + 60 * 86_400_000).toISOString();
  const event = {
    type: "loan.assigned",
    recipient: { contactId: personId },
    subject: { type: "loan", id: "1", title: `${SECRET} loan`, dueAt },
    data: {},
    occurredAt: null,
  };
  const acting = { workspaceId, actor: { kind: "system" } as const };
  const outcome = await reportEvents(deps, { acting, events: [event] });
  if (outcome.kind !== "reported") throw new Error(outcome.kind);
  return outcome.reported[0]?.reminders.at(-1)?.id ?? "";
}

/** Switched off, so that nothing of what is done here is told to anybody. */
async function addWebhook(workspaceId: TestWorkspace["workspaceId"]) {
  const { deps } = app;
  const at = deps.clock.now();
  const [webhookEndpoint, webhookDelivery] = [deps.chance.uuid(), deps.chance.uuid()];
  await deps.db.insert(webhookEndpoints).values({
    id: webhookEndpoint,
    workspaceId,
    url: `https://hooks.example.com/${SECRET}`,
    description: SECRET,
    events: [],
    isActive: false,
    secretSealed: SECRET,
    createdAt: at,
    updatedAt: at,
  });
  await deps.db.insert(webhookDeliveries).values({
    id: webhookDelivery,
    workspaceId,
    endpointId: webhookEndpoint,
    type: "message.sent",
    occurredAt: at,
    payload: { body: SECRET },
    status: "failed",
    nextAttemptAt: at,
  });
  return { webhookEndpoint, webhookDelivery };
}

async function signIn(workspace: TestWorkspace, role: Role, name: string): Promise<Who> {
  const user = await createUser(app.deps, workspace.workspaceId, role, name);
  const { origin: appUrl, authSecret } = app;
  const cookie = await mintSessionCookie(app.deps, { userId: user.id, authSecret, appUrl });
  return { name, headers: { cookie: `${cookie.name}=${cookie.value}`, origin: app.origin } };
}

/** Those of this workspace who lack the role. */
function tooWeak(needed: Role): Who[] {
  return (["member", "agent", "admin"] as const).flatMap((role) => {
    const who = weak[role];
    return who && !hasRole(role, needed) ? [who] : [];
  });
}

async function call(who: Who, method: string, url: string, body?: string) {
  const isForm = body !== undefined && !body.startsWith("{") && !body.startsWith("[");
  const aborting = new AbortController();
  const response = await fetch(`${app.origin}${url}`, {
    method,
    redirect: "manual",
    signal: aborting.signal,
    headers: {
      ...who.headers,
      ...(body !== undefined && {
        "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json",
      }),
    },
    body,
  });
  const { status, headers } = response;
  // A stream that was let in never ends by itself; its beginning is all we look at.
  const isStream = headers.get("content-type")?.startsWith("text/event-stream") ?? false;
  const text = isStream ? "" : await response.text();
  aborting.abort();
  return { status, body: text, location: headers.get("location") };
}

/** Which of the victim's rows a path's id is. */
function idOf(path: string): string {
  const kind = path.split("/")[1];
  switch (kind) {
    case "contacts":
      return ids.person;
    case "conversations":
      return ids.conversation;
    case "integrations":
      return ids.integration;
    case "media":
      return ids.media;
    case "messages":
      return ids.message;
    case "me":
    case "notifications":
      return ids.notification;
    case "notification-types":
      return "victim.own";
    case "reminders":
      return ids.reminder;
    case "templates":
      return ids.template;
    case "users":
      return ids.user;
    case "webhook-endpoints":
      return ids.webhookEndpoint;
    default:
      return "";
  }
}

/** A valid body: the refusal must not come from its form. */
function bodyOf(operation: (typeof OPERATIONS)[number]): string {
  if (operation.path === "/messages") {
    const message = { channel: "sms", to: "+33612345678", body: "attack" };
    return JSON.stringify({ ...message, integrationId: ids.integration });
  }
  if (operation.path === "/conversations") {
    return JSON.stringify({ contact: ids.person, integrationId: ids.integration, body: "attack" });
  }
  if (operation.path === "/notifications" || operation.path === "/notifications/explain") {
    const told = { type: "security.anomaly", title: "attack", message: "attack" };
    return JSON.stringify({ ...told, recipient: { contactId: ids.person } });
  }
  if (operation.path === "/events") {
    const data = { title: "attack", message: "attack" };
    const event = { type: "security.anomaly", recipient: { contactId: ids.person }, data };
    return JSON.stringify(event);
  }
  if (operation.path === "/alerts") {
    const told = { alertType: "anomaly", severity: "low", title: "attack", message: "attack" };
    return JSON.stringify({ ...told, userId: ids.user });
  }
  if (operation.path === "/me/whatsapp-number") return JSON.stringify({ code: "123456" });
  if (operation.path === "/me/held/{id}/mute") return JSON.stringify({ for: "hour" });
  if (operation.path.endsWith("/consents")) {
    const { integration: integrationId } = ids;
    return JSON.stringify({ integrationId, state: "opted_out", words: "attack" });
  }
  if (operation.path === "/templates" || operation.path === "/templates/{id}") {
    return JSON.stringify({
      name: "attack",
      channel: "sms",
      body: "attack",
      event: "ticket.called",
    });
  }
  if (operation.path === "/templates/{id}/test") return JSON.stringify({ to: "+33612345678" });
  if (operation.path.endsWith("/messages")) return JSON.stringify({ body: "attack" });
  if (operation.path === "/conversations/{id}") return JSON.stringify({ state: "resolved" });
  if (operation.path === "/reminders/{id}") {
    return JSON.stringify({ scheduledFor: "2999-01-01T00:00:00Z" });
  }
  if (operation.path === "/users/{id}") return JSON.stringify({ role: "member" });
  if (operation.path.startsWith("/notification-types")) {
    const told = { severity: "low", channels: ["web"], names: { fr: "attaque", en: "attack" } };
    const isNew = operation.method === "POST";
    const made = { key: "attack.made", kind: "alert", category: "attacks" };
    return JSON.stringify({ ...told, ...(isNew && made) });
  }
  if (operation.path === "/admin/sending") return JSON.stringify({ paused: true });
  if (operation.path === "/admin/notification-settings") {
    return JSON.stringify({ demandsVerified: true });
  }
  if (operation.path === "/webhook-endpoints") {
    return JSON.stringify({ url: "https://hooks.example.com/attack" });
  }
  if (operation.path === "/webhook-endpoints/{id}") return JSON.stringify({ isActive: true });
  if (operation.method === "PATCH") return JSON.stringify({ name: "attack" });
  return "{}";
}

/** All rows of the victim's workspace, whatever their table: nothing may change by an attack. */
async function snapshot(): Promise<Record<string, string>> {
  const { sql } = app.deps;
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id'`;
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    if (NO_ROWS.includes(name)) continue;
    const [row] = await sql<{ hash: string }[]>`
      select md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as hash
      from ${sql(name)} t where workspace_id = ${victim.workspaceId}`;
    found[name] = row?.hash ?? "";
  }
  return found;
}

type BuiltAction = { id: string; name: string; page: string };

/** The actions as the build exposes them: their ids are what an attacker reads from a page. */
function findBuiltActions(): BuiltAction[] {
  const folder = app.isProduction ? ".next/server" : ".next/dev/server";
  const text = readFileSync(`${folder}/server-reference-manifest.json`, "utf8");
  const manifest: {
    node: Record<
      string,
      { workers: Record<string, unknown>; filename: string; exportedName: string }
    >;
  } = JSON.parse(text);
  return Object.entries(manifest.node).map(([id, { workers, filename, exportedName }]) => ({
    id,
    name: `${filename.replace(/^app\//, "")}#${exportedName}`,
    page: pageOf(Object.keys(workers)[0] ?? ""),
  }));
}

/** `app/(workspace)/inbox/[conversation]/page` → `/inbox/<id>`. */
function pageOf(worker: string): string {
  const path = worker
    .replace(/^app/, "")
    .replace(/\/page$/, "")
    .replace(/\/\([^)]+\)/g, "")
    .replace("[conversation]", ids.conversation)
    .replace("[id]", ids.integration)
    .replace(/\[[^\]]+\]/g, "x");
  return path || "/";
}

async function act(who: Who, action: BuiltAction, input: unknown) {
  const response = await fetch(`${app.origin}${action.page}`, {
    method: "POST",
    redirect: "manual",
    headers: {
      origin: app.origin,
      ...who.headers,
      "next-action": action.id,
      "content-type": "text/plain;charset=UTF-8",
    },
    body: JSON.stringify([input]),
  });
  const text = await response.text();
  const line = text.split("\n").find((row) => row.startsWith('1:{"ok"'));
  return { text, result: line ? JSON.parse(line.slice(2)) : { status: response.status, text } };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" });
}

function actionsOf(file: string): string[] {
  if (!/\.tsx?$/.test(file)) return [];
  const source = readFileSync(`app/${file}`, "utf8");
  if (!/^\s*["']use server["']/m.test(source)) return [];
  const names = source.matchAll(/^export (?:const|async function) (\w+)/gm);
  return [...names].map((found) => `${file}#${found[1]}`);
}
