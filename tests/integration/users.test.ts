import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { findMember, listMembers } from "../../db/queries/users";
import { addresses, apiKeys, auditLog, conversations, memberships, persons } from "../../db/schema";
import { callerFromRequest } from "../../lib/auth/caller";
import { changeRole } from "../../lib/auth/change-role";
import { createApiKey } from "../../lib/auth/create-api-key";
import { createUser as makeUser } from "../../lib/auth/create-user";
import { createWorkspace as makeWorkspace } from "../../lib/auth/create-workspace";
import { deactivateUser, reactivateUser } from "../../lib/auth/deactivate-user";
import { openSession } from "../../lib/auth/open-session";
import { revokeApiKey } from "../../lib/auth/revoke-api-key";
import { setPhoneNumber } from "../../lib/auth/set-phone-number";
import { startSession } from "../../lib/auth/sign-in";
import { updateWorkspace } from "../../lib/auth/update-workspace";
import type { Role } from "../../lib/domain/words";
import { createSystemOwner } from "../support/administrator";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { createUser } from "../support/workspace";

const database = openTestDatabase();
const asAdmin = <T extends { role: Role }>(by: T) => ({ ...by, role: "admin" as const });

describe("roles", () => {
  it("R323 change at once, leave a trace and close the person's streams", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const user = await createUser(deps, workspaceId, "agent");
    const userId = user.id;
    const sessionId = await startSession(deps, { userId, workspaceId, userAgent: null });
    expect((await changeRole(deps, by, { userId, role: "member" })).kind).toBe("changed");
    expect((await changeRole(deps, by, { userId, role: "member" })).kind).toBe("unchanged");
    expect(await openSession(deps, sessionId)).toMatchObject({ role: "member" });
    expect(deps.changes).toEqual([{ kind: "access", userId }]);
    const [trail] = await deps.db.select().from(auditLog).where(eq(auditLog.targetId, userId));
    expect(trail).toMatchObject({
      action: "user.role_changed",
      data: { from: "agent", to: "member" },
    });
  });

  it("R323 keep owners to owners, and the last owner in place", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const owner = await createUser(deps, workspaceId, "owner");
    const agent = await createUser(deps, workspaceId, "agent");
    const change = (as: typeof by, userId: string, role: Role) =>
      changeRole(deps, as, { userId, role });
    expect((await change(asAdmin(by), owner.id, "agent")).kind).toBe("forbidden");
    expect((await change(asAdmin(by), agent.id, "owner")).kind).toBe("forbidden");
    expect((await change(by, owner.id, "admin")).kind).toBe("last_owner");
    expect((await deactivateUser(deps, by, { userId: owner.id })).kind).toBe("last_owner");
    expect((await change(by, agent.id, "owner")).kind).toBe("changed");
    expect((await change(by, owner.id, "admin")).kind).toBe("changed");
  });

  it("leave one owner when two demote each other at the same moment", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const one = await createUser(deps, workspaceId, "owner");
    const two = await createUser(deps, workspaceId, "owner");
    const outcomes = await Promise.all(
      [one, two].map(({ id }) => changeRole(deps, by, { userId: id, role: "agent" })),
    );
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["changed", "last_owner"]);
  });

  it("of another workspace are not found", async () => {
    const deps = testDeps(database);
    const { by } = await createSystemOwner(deps);
    const other = await createSystemOwner(deps);
    const { id: userId } = await createUser(deps, other.workspaceId, "agent");
    expect((await changeRole(deps, by, { userId, role: "admin" })).kind).toBe("not_found");
    expect((await deactivateUser(deps, by, { userId })).kind).toBe("not_found");
    expect((await setPhoneNumber(deps, by, { userId, phoneNumber: null })).kind).toBe("not_found");
    expect(await findMember(deps.db, by.workspaceId, userId)).toBeNull();
  });
});

describe("deactivation", () => {
  it("shuts the person out at once and frees their conversations", async () => {
    const deps = testDeps(database);
    const { by, workspaceId, integration } = await createSystemOwner(deps);
    const user = await createUser(deps, workspaceId, "agent");
    const contact = await createUser(deps, workspaceId, "member");
    const userId = user.id;
    const now = deps.clock.now();
    const conversationId = deps.chance.uuid();
    await deps.db.insert(conversations).values({
      id: conversationId,
      workspaceId,
      personId: contact.personId,
      integrationId: integration.id,
      address: "+33612345678",
      state: "open",
      assigneeId: userId,
      lastActivityAt: now,
      createdAt: now,
    });
    const sessionId = await startSession(deps, { userId, workspaceId, userAgent: null });
    expect((await deactivateUser(deps, by, { userId })).kind).toBe("deactivated");
    expect((await deactivateUser(deps, by, { userId })).kind).toBe("not_found");
    expect(await openSession(deps, sessionId)).toBeNull();
    const [row] = await deps.db
      .select()
      .from(conversations)
      .where(eq(conversations.id, conversationId));
    expect(row?.assigneeId).toBeNull();
    expect(deps.changes.map(({ kind }) => kind)).toEqual(["access", "conversation"]);
    expect((await reactivateUser(deps, by, { userId })).kind).toBe("reactivated");
    expect(await openSession(deps, sessionId)).toMatchObject({ role: "agent" });
  });
});

describe("a phone number", () => {
  it("R001 R003 R006 R007 is stored in international format, replaced and taken away", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const { id: userId } = await createUser(deps, workspaceId, "agent");
    const set = (phoneNumber: string | null) => setPhoneNumber(deps, by, { userId, phoneNumber });
    expect(await set("06 12 34 56 78")).toEqual({ kind: "saved", phoneNumber: "+33612345678" });
    expect(await set("+221 77 123 45 67")).toEqual({ kind: "saved", phoneNumber: "+221771234567" });
    expect(await set("12")).toMatchObject({ kind: "invalid_phone_number" });
    expect((await findMember(deps.db, workspaceId, userId))?.phoneNumber).toBe("+221771234567");
    expect(await set("")).toEqual({ kind: "saved", phoneNumber: null });
    const [member] = await listMembers(deps.db, workspaceId);
    expect(member?.phoneNumber).toBeNull();
  });

  it("R003 belongs to one person of a workspace", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const other = await createSystemOwner(deps);
    const one = await createUser(deps, workspaceId, "agent");
    const two = await createUser(deps, workspaceId, "agent");
    const stranger = await createUser(deps, other.workspaceId, "agent");
    const phoneNumber = "+33612345678";
    const all = await Promise.all(
      [one, two].map(({ id }) => setPhoneNumber(deps, by, { userId: id, phoneNumber })),
    );
    expect(all.map(({ kind }) => kind).toSorted()).toEqual(["number_taken", "saved"]);
    const there = await setPhoneNumber(deps, other.by, { userId: stranger.id, phoneNumber });
    expect(there.kind).toBe("saved");
  });

  it("makes one person of a colleague and the contact who texted in from it", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const user = await createUser(deps, workspaceId, "agent", "Ada Lovelace");
    const now = deps.clock.now();
    const personId = deps.chance.uuid();
    await deps.db
      .insert(persons)
      .values({ id: personId, workspaceId, createdAt: now, updatedAt: now });
    await deps.db.insert(addresses).values({
      id: deps.chance.uuid(),
      workspaceId,
      personId,
      kind: "phone",
      value: "+33612345678",
      raw: "+33612345678",
      createdAt: now,
    });
    const outcome = await setPhoneNumber(deps, by, { userId: user.id, phoneNumber: "0612345678" });
    expect(outcome.kind).toBe("saved");
    const [membership] = await deps.db
      .select()
      .from(memberships)
      .where(eq(memberships.userId, user.id));
    expect(membership?.personId).toBe(personId);
    const [person] = await deps.db.select().from(persons).where(eq(persons.id, personId));
    expect(person).toMatchObject({ name: "Ada Lovelace" });
    expect(person?.searchText).toContain("0612345678");
    const gone = await deps.db.select().from(persons).where(eq(persons.id, user.personId));
    expect(gone).toEqual([]);
  });
});

describe("making people and workspaces", () => {
  it("R007 makes an account once, with a link where no password is given", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const input = { email: " New@Example.test", name: "New", role: "agent" as const };
    const made = await makeUser(deps, by, input);
    expect(made).toMatchObject({ kind: "created" });
    expect(made.kind === "created" && made.link).toMatch(/^https:\/\/carillon\.test\/reset\//);
    expect((await makeUser(deps, by, input)).kind).toBe("email_taken");
    expect((await makeUser(deps, asAdmin(by), { ...input, role: "owner" })).kind).toBe("forbidden");
    const weak = await makeUser(deps, by, { ...input, email: "w@example.test", password: "short" });
    expect(weak.kind).toBe("weak_password");
    const [member] = await listMembers(deps.db, workspaceId);
    expect(member).toMatchObject({ email: "new@example.test", hasPassword: false });
  });

  it("R102 makes a workspace of its own slug", async () => {
    const deps = testDeps(database);
    const slug = `banque-${deps.chance.uuid().slice(-12)}`;
    const make = (wanted: string) => makeWorkspace(deps, { slug: wanted, name: "Banque" });
    expect((await make(slug)).kind).toBe("created");
    expect((await make(slug)).kind).toBe("slug_taken");
    expect((await make("Not a slug")).kind).toBe("invalid_slug");
  });

  it("writes down what changed of the workspace", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    await updateWorkspace(deps, by, { name: "Autre", defaultCountry: "CI", pacePerMinute: 60 });
    // What waited for another pace may leave sooner.
    expect(deps.bells).toMatchObject([{ kind: "dispatch" }]);
    const [trail] = await deps.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.workspaceId, workspaceId), eq(auditLog.action, "workspace.updated")));
    expect(trail?.data).toEqual({ name: "Autre", defaultCountry: "CI", pacePerMinute: 60 });
  });
});

describe("an API key", () => {
  const asBearer = (key: string) => ({
    headers: new Headers({ authorization: `Bearer ${key}` }),
    method: "POST",
  });

  it("R229 is shown once, stored hashed, and ends when revoked", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const input = { name: "Files", role: "agent" as const, scopes: ["messages:write" as const] };
    const made = await createApiKey(deps, by, input);
    if (made.kind !== "created") throw new Error(made.kind);
    const found = await callerFromRequest(deps, asBearer(made.key));
    expect(found).toMatchObject({
      ok: true,
      caller: { workspaceId, role: "agent", scopes: ["messages:write"], integrations: "all" },
    });
    const [row] = await deps.db.select().from(apiKeys).where(eq(apiKeys.id, made.id));
    expect(row?.lastUsedAt).toEqual(deps.clock.now());
    expect(JSON.stringify(row)).not.toContain(made.key);
    deps.clock.advance(30_000);
    await callerFromRequest(deps, asBearer(made.key));
    const [later] = await deps.db.select().from(apiKeys).where(eq(apiKeys.id, made.id));
    expect(later?.lastUsedAt).toEqual(row?.lastUsedAt);
    const stranger = await createSystemOwner(deps);
    expect((await revokeApiKey(deps, stranger.by, { id: made.id })).kind).toBe("not_found");
    expect((await revokeApiKey(deps, by, { id: made.id })).kind).toBe("revoked");
    expect((await revokeApiKey(deps, by, { id: made.id })).kind).toBe("not_found");
    expect(await callerFromRequest(deps, asBearer(made.key))).toEqual({
      ok: false,
      status: 401,
      code: "invalid_api_key",
    });
  });

  it("never carries more than whoever makes it has", async () => {
    const deps = testDeps(database);
    const { by } = await createSystemOwner(deps);
    const input = { name: "x", role: "owner" as const, scopes: null };
    expect((await createApiKey(deps, asAdmin(by), input)).kind).toBe("forbidden");
    expect(
      (await createApiKey(deps, { ...by, role: "agent" }, { ...input, role: "member" })).kind,
    ).toBe("forbidden");
  });
});
