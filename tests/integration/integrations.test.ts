import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { findIntegration, listIntegrations } from "../../db/queries/integrations";
import {
  accounts,
  adminAlerts,
  auditLog,
  conversations,
  integrations,
  messages,
} from "../../db/schema";
import { openSession } from "../../lib/auth/open-session";
import { resolveAlert } from "../../lib/auth/resolve-alert";
import { startSession } from "../../lib/auth/sign-in";
import type { Caller } from "../../lib/domain/viewer";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { createIntegration, type NewIntegration } from "../../lib/integrations/create-integration";
import { deleteIntegration } from "../../lib/integrations/delete-integration";
import { ensureSystemIntegration } from "../../lib/integrations/ensure-system-integration";
import { testIntegration } from "../../lib/integrations/test-integration";
import { updateIntegration } from "../../lib/integrations/update-integration";
import type { ConnectionTest } from "../../lib/ports/sms";
import { createSystemOwner } from "../support/administrator";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { createIntegration as addSender, createUser } from "../support/workspace";

const database = openTestDatabase();

let sids = 0;
const newSid = () => `AC${(++sids).toString(16).padStart(32, "0")}`;
const TOKEN = "0123456789abcdef0123456789abcdef";

function newNumber(values: Partial<NewIntegration> = {}): NewIntegration {
  return {
    name: "Accueil",
    type: "sms",
    provider: "twilio",
    accountId: newSid(),
    apiKey: TOKEN,
    phoneNumber: "01 99 00 01 01",
    messagingServiceSid: null,
    isActive: true,
    isDefault: false,
    defaultCountry: null,
    pacePerSecond: null,
    isVisibleToAll: true,
    viewerIds: [],
    ...values,
  };
}

/** Makes the provider answer so, and records what it was asked about. */
function script(deps: TestDeps, answer: ConnectionTest) {
  const asked: { sid: string; token: string; sender: string | null }[] = [];
  deps.provider.testConnection = async (...given: unknown[]) => {
    const [account, sender] = given as [{ sid: string; token: string }, string | null];
    asked.push({ sid: account.sid, token: account.token, sender });
    return answer as never;
  };
  return asked;
}

const GOOD: ConnectionTest = { ok: true, accountName: "Banque", senders: null };
const allOf = (workspaceId: WorkspaceId) => ({ workspaceId, integrations: "all" as const });

async function create(
  deps: TestDeps,
  by: Parameters<typeof createIntegration>[1],
  input = newNumber(),
) {
  const outcome = await createIntegration(deps, by, input);
  if (outcome.kind !== "created") throw new Error(`not created: ${JSON.stringify(outcome)}`);
  return outcome.id;
}

async function addConversation(deps: TestDeps, workspaceId: WorkspaceId, integrationId: string) {
  const { personId } = await createUser(deps, workspaceId, "member");
  const now = deps.clock.now();
  const id = deps.chance.uuid();
  await deps.db.insert(conversations).values({
    id,
    workspaceId,
    personId,
    integrationId,
    address: "+33612345678",
    state: "open",
    lastActivityAt: now,
    createdAt: now,
  });
}

describe("connecting a number", () => {
  it("R401 R402 R403 R410 asks the provider, seals the token and stores E.164", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const asked = script(deps, GOOD);
    const input = newNumber();
    const id = await create(deps, by, input);
    expect(asked).toEqual([{ sid: input.accountId, token: TOKEN, sender: "+33199000101" }]);
    const row = await findIntegration(deps.db, allOf(workspaceId), id);
    expect(row).toMatchObject({ sender: "+33199000101", isActive: true, hasToken: true });
    expect(JSON.stringify(row)).not.toContain(TOKEN);
    const [account] = await deps.db
      .select()
      .from(accounts)
      .where(eq(accounts.id, row?.accountId ?? ""));
    expect(account?.tokenSealed).not.toContain(TOKEN);
    const [trail] = await deps.db.select().from(auditLog).where(eq(auditLog.targetId, id));
    expect(trail?.action).toBe("integration.created");
    expect(JSON.stringify(trail)).not.toContain(TOKEN);
  });

  it("R412 R413 names each field that is wrong, and stores nothing", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const bad = newNumber({ accountId: "SK12", phoneNumber: "nonsense number", pacePerSecond: 0 });
    const outcome = await createIntegration(deps, by, bad);
    const paths = outcome.kind === "invalid" ? outcome.faults.map(({ path }) => path) : [];
    expect(paths).toEqual(["accountId", "pacePerSecond", "phoneNumber"]);
    expect(await listIntegrations(deps.db, allOf(workspaceId))).toHaveLength(1);
  });

  it("R412 refuses what the provider refuses, but not what it could not be asked", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    script(deps, { ok: false, fault: "credentials", message: "Authenticate" });
    expect((await createIntegration(deps, by, newNumber())).kind).toBe("refused");
    script(deps, { ok: false, fault: "sender", message: "not yours" });
    expect((await createIntegration(deps, by, newNumber())).kind).toBe("refused");
    expect(await listIntegrations(deps.db, allOf(workspaceId))).toHaveLength(1);
    script(deps, { ok: false, fault: "unreachable", message: "ENOTFOUND" });
    const outcome = await createIntegration(deps, by, newNumber());
    expect(outcome).toMatchObject({ kind: "created", check: { ok: false, fault: "unreachable" } });
  });

  it("refuses the same number of the same account, in another workspace too", async () => {
    const deps = testDeps(database);
    const { by } = await createSystemOwner(deps);
    const other = await createSystemOwner(deps);
    const input = newNumber();
    const outcomes = await Promise.all([
      createIntegration(deps, by, input),
      createIntegration(deps, other.by, input),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["created", "sender_taken"]);
    expect((await createIntegration(deps, by, { ...input, name: "Again" })).kind).toBe(
      "sender_taken",
    );
  });

  it("R402 adds a second number to a known account without asking for its token again", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const input = newNumber();
    await create(deps, by, input);
    const asked = script(deps, GOOD);
    await create(deps, by, { ...input, apiKey: null, phoneNumber: "+33199000102" });
    expect(asked[0]?.token).toBe(TOKEN);
    const rows = await deps.db
      .select()
      .from(accounts)
      .where(and(eq(accounts.workspaceId, workspaceId), eq(accounts.sid, input.accountId ?? "")));
    expect(rows).toHaveLength(1);
    const unknown = newNumber({ apiKey: null });
    expect((await createIntegration(deps, by, unknown)).kind).toBe("invalid");
  });
});

describe("the default number", () => {
  it("R419 is exactly one a channel, also when several are chosen at once", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const numbers = ["+33199000111", "+33199000112", "+33199000113"];
    await Promise.all(
      numbers.map((phoneNumber) => create(deps, by, newNumber({ phoneNumber, isDefault: true }))),
    );
    await create(deps, by, newNumber({ type: "whatsapp", phoneNumber: "whatsapp:+33199000114" }));
    const rows = await listIntegrations(deps.db, allOf(workspaceId));
    const defaults = rows.filter(({ isDefault }) => isDefault);
    expect(defaults.map(({ type }) => type).toSorted()).toEqual(["sms", "whatsapp"]);
  });

  it("R419 moves when another is chosen, and when it is deleted", async () => {
    const deps = testDeps(database);
    const { by, workspaceId, integration } = await createSystemOwner(deps);
    const id = await create(deps, by);
    await updateIntegration(deps, by, { id, changes: { isDefault: true } });
    const defaults = async () =>
      (await listIntegrations(deps.db, allOf(workspaceId)))
        .filter(({ isDefault }) => isDefault)
        .map((row) => row.id);
    expect(await defaults()).toEqual([id]);
    expect((await deleteIntegration(deps, by, { id })).kind).toBe("deleted");
    expect(await defaults()).toEqual([integration.id]);
  });
});

describe("changing a number", () => {
  it("R404 switches it off and on, and rings for what waited", async () => {
    const deps = testDeps(database);
    const { by, workspaceId, integration } = await createSystemOwner(deps);
    const { id } = integration;
    await updateIntegration(deps, by, { id, changes: { isActive: false } });
    expect(await findIntegration(deps.db, allOf(workspaceId), id)).toMatchObject({
      isActive: false,
    });
    deps.clock.advance(10_000);
    await updateIntegration(deps, by, { id, changes: { isActive: true } });
    expect(deps.bells.at(-1)).toMatchObject({ kind: "dispatch" });
  });

  it("R122 replaces a token in place: the old one keeps verifying until the overlap ends", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const id = await create(deps, by);
    const asked = script(deps, GOOD);
    const change = (changes: Parameters<typeof updateIntegration>[2]["changes"]) =>
      updateIntegration(deps, by, { id, changes });
    const tokens = async () => {
      const row = await findIntegration(deps.db, allOf(workspaceId), id);
      const [account] = await deps.db
        .select()
        .from(accounts)
        .where(eq(accounts.id, row?.accountId ?? ""));
      const open = (sealed: string | null | undefined) =>
        sealed ? deps.cipher.open(sealed) : null;
      return [open(account?.tokenSealed), open(account?.nextTokenSealed)];
    };
    expect((await change({ apiKey: "new-token" })).kind).toBe("updated");
    expect(asked[0]?.token).toBe("new-token");
    expect(await tokens()).toEqual(["new-token", TOKEN]);
    await change({ apiKey: "new-token" });
    expect(await tokens()).toEqual(["new-token", TOKEN]);
    await change({ endTokenOverlap: true });
    expect(await tokens()).toEqual(["new-token", null]);
    script(deps, { ok: false, fault: "credentials", message: "Authenticate" });
    expect((await change({ apiKey: "wrong" })).kind).toBe("refused");
    expect(await tokens()).toEqual(["new-token", null]);
    const trail = await deps.db.select().from(auditLog).where(eq(auditLog.targetId, id));
    expect(JSON.stringify(trail)).not.toContain("new-token");
  });

  it("keeps a number with a history what it is, and undeletable", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const id = await create(deps, by);
    const rename = (phoneNumber: string) =>
      updateIntegration(deps, by, { id, changes: { phoneNumber } });
    expect((await rename("+33199000150")).kind).toBe("updated");
    expect((await rename("nonsense number")).kind).toBe("invalid");
    await addConversation(deps, workspaceId, id);
    expect((await rename("+33199000151")).kind).toBe("has_messages");
    expect((await rename("+33199000150")).kind).toBe("updated");
    expect((await deleteIntegration(deps, by, { id })).kind).toBe("has_messages");
  });

  it("is not found from another workspace", async () => {
    const deps = testDeps(database);
    const { integration } = await createSystemOwner(deps);
    const { by } = await createSystemOwner(deps);
    const { id } = integration;
    const caller: Caller = { ...by, integrations: "all", scopes: null };
    expect((await updateIntegration(deps, by, { id, changes: { name: "x" } })).kind).toBe(
      "not_found",
    );
    expect((await deleteIntegration(deps, by, { id })).kind).toBe("not_found");
    const test = await testIntegration(deps, caller, { id, to: null, body: "x" });
    expect(test.kind).toBe("not_found");
    expect(await findIntegration(deps.db, allOf(by.workspaceId), id)).toBeNull();
  });
});

describe("who may see a number", () => {
  it("acts on the next request, and does not hide it from administrators", async () => {
    const deps = testDeps(database);
    const { by, workspaceId, integration } = await createSystemOwner(deps);
    const inside = await createUser(deps, workspaceId, "agent");
    const outside = await createUser(deps, workspaceId, "agent");
    const admin = await createUser(deps, workspaceId, "admin");
    const sessionOf = (userId: string) =>
      startSession(deps, { userId, workspaceId, userAgent: null });
    const [a, b, c] = [
      await sessionOf(inside.id),
      await sessionOf(outside.id),
      await sessionOf(admin.id),
    ];
    const id = await create(deps, by, newNumber());
    expect(await openSession(deps, b)).toMatchObject({ integrations: "all" });
    const stranger = deps.chance.uuid();
    await updateIntegration(deps, by, {
      id,
      changes: { isVisibleToAll: false, viewerIds: [inside.id, stranger] },
    });
    expect(await openSession(deps, a)).toMatchObject({ integrations: "all" });
    expect(await openSession(deps, b)).toMatchObject({ integrations: [integration.id] });
    expect(await openSession(deps, c)).toMatchObject({ integrations: "all" });
    const told = deps.changes.filter((change) => change.kind === "access");
    expect(told.map((change) => change.kind === "access" && change.userId)).toContain(outside.id);
  });
});

describe("the live test", () => {
  it("R034 R104 sends a true text through the outbox, which shows SID and status", async () => {
    const deps = testDeps(database);
    const { by, workspaceId, integration } = await createSystemOwner(deps);
    const user = await createUser(deps, workspaceId, "admin");
    const actor = { kind: "user" as const, userId: user.id };
    const caller: Caller = { ...by, actor, integrations: "all", scopes: null };
    const { id } = integration;
    const body = "Ceci est un test de notification SMS";
    const checked = await testIntegration(deps, caller, { id, to: null, body });
    expect(checked).toMatchObject({ kind: "checked", check: { ok: true } });
    const sent = await testIntegration(deps, caller, { id, to: "0612345678", body });
    if (sent.kind !== "sent") throw new Error(sent.kind);
    const [row] = await deps.db.select().from(messages).where(eq(messages.id, sent.messageId));
    expect(row).toMatchObject({ toAddress: "+33612345678", status: "queued", body });
    expect(deps.bells).toHaveLength(1);
    const wrong = await testIntegration(deps, caller, { id, to: "12", body });
    expect(wrong).toMatchObject({ kind: "not_sent", refusal: { code: "invalid_phone_number" } });
  });

  it("R029 R412 sends nothing where the credentials are refused or missing", async () => {
    const deps = testDeps(database);
    const { by, account, integration } = await createSystemOwner(deps);
    const caller: Caller = { ...by, integrations: "all", scopes: null };
    const { id } = integration;
    script(deps, { ok: false, fault: "credentials", message: "Authenticate" });
    const refused = await testIntegration(deps, caller, { id, to: "0612345678", body: "x" });
    expect(refused).toMatchObject({ kind: "checked", check: { fault: "credentials" } });
    await deps.db.update(accounts).set({ tokenSealed: null }).where(eq(accounts.id, account.id));
    const missing = await testIntegration(deps, caller, { id, to: "0612345678", body: "x" });
    expect(missing).toMatchObject({
      kind: "checked",
      check: { message: "Twilio credentials not configured" },
    });
    expect(deps.bells).toEqual([]);
  });

  it("ends the alerts of a number that works again; an admin can end one by hand", async () => {
    const deps = testDeps(database);
    const { by, workspaceId, integration } = await createSystemOwner(deps);
    const stranger = await createSystemOwner(deps);
    const now = deps.clock.now();
    const raise = async (errorCode: string, targetId: string) => {
      const id = deps.chance.uuid();
      const times = { firstAt: now, lastAt: now, raisedAt: now };
      await deps.db
        .insert(adminAlerts)
        .values({ id, workspaceId, kind: "configuration_fault", targetId, errorCode, ...times });
      return id;
    };
    await raise("20003", integration.id);
    const other = await raise("21408", "elsewhere");
    const caller: Caller = { ...by, integrations: "all", scopes: null };
    await testIntegration(deps, caller, { id: integration.id, to: null, body: "x" });
    const open = async () =>
      (await deps.db.select().from(adminAlerts).where(eq(adminAlerts.workspaceId, workspaceId)))
        .filter((row) => row.resolvedAt === null)
        .map((row) => row.id);
    expect(await open()).toEqual([other]);
    expect((await resolveAlert(deps, stranger.by, { id: other })).kind).toBe("not_found");
    expect((await resolveAlert(deps, by, { id: other })).kind).toBe("resolved");
    expect((await resolveAlert(deps, by, { id: other })).kind).toBe("not_found");
    expect(await open()).toEqual([]);
  });
});

describe("the system integration", () => {
  const env = {
    provider: "twilio" as const,
    accountSid: newSid(),
    authToken: TOKEN,
    phoneNumber: "+33199000190",
    whatsappNumber: "+14155238886",
  };

  it("R004 R101 R207 exists once for the environment's account, in the oldest workspace", async () => {
    const deps = testDeps(database);
    await createSystemOwner(deps);
    expect(await ensureSystemIntegration(deps, env)).toEqual({ kind: "ensured", created: 2 });
    expect(await ensureSystemIntegration(deps, env)).toEqual({ kind: "ensured", created: 0 });
    await ensureSystemIntegration(deps, { ...env, authToken: "rotated" });
    const rows = await deps.db
      .select()
      .from(integrations)
      .where(eq(integrations.accountSid, env.accountSid));
    expect(rows.map(({ sender }) => sender).toSorted()).toEqual(["+14155238886", "+33199000190"]);
    const [account] = await deps.db.select().from(accounts).where(eq(accounts.sid, env.accountSid));
    expect(account).toMatchObject({ isSystem: true });
    expect(deps.cipher.open(account?.tokenSealed ?? "")).toBe("rotated");
    const [row] = rows;
    if (!row) throw new Error("no system integration");
    const by = { workspaceId: row.workspaceId, actor: { kind: "system" }, role: "owner" } as const;
    const change = { id: row.id, changes: { apiKey: "pasted" } };
    expect((await updateIntegration(deps, by, change)).kind).toBe("is_system");
    expect((await deleteIntegration(deps, by, { id: row.id })).kind).toBe("is_system");
  });

  it("does not take a number that another workspace has connected", async () => {
    const deps = testDeps(database);
    await createSystemOwner(deps);
    const other = await createSystemOwner(deps);
    const accountSid = newSid();
    await addSender(
      deps,
      { workspaceId: other.workspaceId, account: { ...other.account, sid: accountSid } },
      { sender: "+33199000191" },
    );
    const taken = { ...env, accountSid, phoneNumber: "+33199000191", whatsappNumber: null };
    expect(await ensureSystemIntegration(deps, taken)).toMatchObject({ kind: "sender_taken" });
  });
});
