import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { memberships, sessions, users } from "../../db/schema";
import { changePassword } from "../../lib/auth/change-password";
import { openSession } from "../../lib/auth/open-session";
import { hashPassword } from "../../lib/auth/password";
import { signIn } from "../../lib/auth/sign-in";
import { signOut, signOutEverywhere } from "../../lib/auth/sign-out";
import { switchWorkspace } from "../../lib/auth/switch-workspace";
import type { Role } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { createUser, createWorkspace } from "../support/workspace";

const database = openTestDatabase();
const PASSWORD = "un grand secret";
const DAY = 24 * 3_600_000;
const hash = hashPassword(PASSWORD);

/** Each test comes from an address of its own, so that the limits per address do not meet. */
let lastAddress = 0;
const newAddress = () => `198.51.100.${++lastAddress}`;

async function createPerson(deps: TestDeps, workspaceId: WorkspaceId, role: Role = "agent") {
  const user = await createUser(deps, workspaceId, role);
  await deps.db
    .update(users)
    .set({ passwordHash: await hash })
    .where(eq(users.id, user.id));
  return user;
}

async function enter(deps: TestDeps, email: string, password = PASSWORD, address = newAddress()) {
  return signIn(deps, { email, password, address, userAgent: "Firefox" });
}

async function enterForSure(deps: TestDeps, email: string) {
  const outcome = await enter(deps, email);
  if (outcome.kind !== "signed_in") throw new Error(`not signed in: ${outcome.kind}`);
  return outcome.sessionId;
}

describe("sign-in", () => {
  it("R229 opens a session that every request reads afresh", async () => {
    const deps = testDeps(database);
    const { workspaceId } = await createWorkspace(deps);
    const user = await createPerson(deps, workspaceId);
    const sessionId = await enterForSure(deps, ` ${user.email.toUpperCase()} `);
    const viewer = await openSession(deps, sessionId);
    expect(viewer).toMatchObject({
      workspaceId,
      role: "agent",
      integrations: "all",
      user: { id: user.id },
      actor: { kind: "user", userId: user.id },
    });
  });

  it("answers a wrong password, an unknown address and an account without password alike", async () => {
    const deps = testDeps(database);
    const { workspaceId } = await createWorkspace(deps);
    const user = await createPerson(deps, workspaceId);
    const bare = await createUser(deps, workspaceId, "agent");
    const answers = await Promise.all([
      enter(deps, user.email, "wrong password"),
      enter(deps, "nobody@example.test"),
      enter(deps, bare.email),
    ]);
    for (const answer of answers) expect(answer).toEqual({ kind: "wrong_credentials" });
  });

  it("R231 makes an address wait after ten wrong passwords, the right one too", async () => {
    const deps = testDeps(database);
    const { workspaceId } = await createWorkspace(deps);
    const user = await createPerson(deps, workspaceId);
    const tries = Array.from({ length: 10 }, () => enter(deps, user.email, "wrong password"));
    for (const answer of await Promise.all(tries)) expect(answer.kind).toBe("wrong_credentials");
    const outcome = await enter(deps, user.email);
    expect(outcome).toMatchObject({ kind: "throttled" });
    expect(outcome.kind === "throttled" && outcome.waitSeconds).toBeGreaterThan(60);
  });

  it("R231 counts thirty tries at once, so that not one more slips through", async () => {
    const deps = testDeps(database);
    const tries = Array.from({ length: 30 }, () => enter(deps, "parallel@example.test"));
    const answers = await Promise.all(tries);
    expect(answers.filter(({ kind }) => kind === "wrong_credentials")).toHaveLength(10);
  });

  it("R231 limits a browser that tries many addresses", async () => {
    const deps = testDeps(database);
    const address = newAddress();
    const emails = Array.from({ length: 101 }, (_, n) => `guess-${n}@example.test`);
    const kinds: string[] = [];
    for (const email of emails) kinds.push((await enter(deps, email, "x", address)).kind);
    expect(kinds.slice(0, 100)).not.toContain("throttled");
    expect(kinds.at(-1)).toBe("throttled");
  });

  it("forgets the wrong tries when the right password comes", async () => {
    const deps = testDeps(database);
    const { workspaceId } = await createWorkspace(deps);
    const user = await createPerson(deps, workspaceId);
    for (let n = 0; n < 9; n += 1) await enter(deps, user.email, "wrong password");
    expect((await enter(deps, user.email)).kind).toBe("signed_in");
    for (let n = 0; n < 9; n += 1) await enter(deps, user.email, "wrong password");
    expect((await enter(deps, user.email)).kind).toBe("signed_in");
  });

  it("tells somebody whom no workspace takes in", async () => {
    const deps = testDeps(database);
    const { workspaceId } = await createWorkspace(deps);
    const user = await createPerson(deps, workspaceId);
    await deps.db
      .update(memberships)
      .set({ isActive: false })
      .where(eq(memberships.userId, user.id));
    expect(await enter(deps, user.email)).toEqual({ kind: "no_workspace" });
  });
});

describe("a session", () => {
  it("ends after 14 days without use, and slides while it is used", async () => {
    const deps = testDeps(database);
    const { workspaceId } = await createWorkspace(deps);
    const user = await createPerson(deps, workspaceId);
    const used = await enterForSure(deps, user.email);
    const idle = await enterForSure(deps, user.email);
    deps.clock.advance(10 * DAY);
    expect(await openSession(deps, used)).not.toBeNull();
    deps.clock.advance(10 * DAY);
    expect(await openSession(deps, used)).not.toBeNull();
    expect(await openSession(deps, idle)).toBeNull();
  });

  it("ends after 90 days however much it is used", async () => {
    const deps = testDeps(database);
    const { workspaceId } = await createWorkspace(deps);
    const user = await createPerson(deps, workspaceId);
    const sessionId = await enterForSure(deps, user.email);
    for (let day = 0; day < 81; day += 9) {
      deps.clock.advance(9 * DAY);
      expect(await openSession(deps, sessionId)).not.toBeNull();
    }
    deps.clock.advance(9 * DAY);
    expect(await openSession(deps, sessionId)).toBeNull();
  });

  it("ends at once by signing out, here or everywhere, and closes its live streams", async () => {
    const deps = testDeps(database);
    const { workspaceId } = await createWorkspace(deps);
    const user = await createPerson(deps, workspaceId);
    const [one, two, three] = [
      await enterForSure(deps, user.email),
      await enterForSure(deps, user.email),
      await enterForSure(deps, user.email),
    ];
    await signOut(deps, { sessionId: one });
    expect(await openSession(deps, one)).toBeNull();
    expect(await openSession(deps, two)).not.toBeNull();
    expect(await signOutEverywhere(deps, { userId: user.id, exceptSessionId: three })).toBe(1);
    expect(await openSession(deps, two)).toBeNull();
    expect(await openSession(deps, three)).not.toBeNull();
    expect(deps.changes.filter((change) => change.kind === "access")).toHaveLength(2);
    await signOut(deps, { sessionId: one });
  });

  it("moves to another workspace of the person, never to a stranger's", async () => {
    const deps = testDeps(database);
    const home = await createWorkspace(deps);
    const other = await createWorkspace(deps);
    const stranger = await createWorkspace(deps);
    const user = await createPerson(deps, home.workspaceId);
    const guest = await createUser(deps, other.workspaceId, "member");
    await deps.db
      .update(memberships)
      .set({ userId: user.id })
      .where(eq(memberships.userId, guest.id));
    const sessionId = await enterForSure(deps, user.email);
    const go = (workspaceId: string) =>
      switchWorkspace(deps, { sessionId, userId: user.id, workspaceId });
    expect((await go(stranger.workspaceId)).kind).toBe("not_found");
    expect((await go(other.workspaceId)).kind).toBe("switched");
    expect(await openSession(deps, sessionId)).toMatchObject({
      workspaceId: other.workspaceId,
      role: "member",
    });
  });

  it("falls back to another workspace when its own shuts the person out", async () => {
    const deps = testDeps(database);
    const home = await createWorkspace(deps);
    const other = await createWorkspace(deps);
    const user = await createPerson(deps, home.workspaceId);
    const guest = await createUser(deps, other.workspaceId, "agent");
    await deps.db
      .update(memberships)
      .set({ userId: user.id })
      .where(eq(memberships.userId, guest.id));
    const sessionId = await enterForSure(deps, user.email);
    const before = await openSession(deps, sessionId);
    await deps.db
      .update(memberships)
      .set({ isActive: false })
      .where(eq(memberships.workspaceId, before?.workspaceId ?? home.workspaceId));
    const after = await openSession(deps, sessionId);
    expect(after?.workspaceId).not.toBe(before?.workspaceId);
    expect(after?.user.id).toBe(user.id);
  });
});

describe("changing one's password", () => {
  it("asks for the current one and signs the other browsers out", async () => {
    const deps = testDeps(database);
    const { workspaceId } = await createWorkspace(deps);
    const user = await createPerson(deps, workspaceId);
    const sessionId = await enterForSure(deps, user.email);
    const other = await enterForSure(deps, user.email);
    const change = (current: string, next: string) =>
      changePassword(deps, { userId: user.id, sessionId, current, next });
    expect((await change("wrong password", "another secret")).kind).toBe("wrong_password");
    expect(await change(PASSWORD, "short")).toEqual({
      kind: "weak_password",
      fault: "password_too_short",
    });
    expect((await change(PASSWORD, "another secret")).kind).toBe("changed");
    expect(await openSession(deps, sessionId)).not.toBeNull();
    expect(await openSession(deps, other)).toBeNull();
    expect((await enter(deps, user.email)).kind).toBe("wrong_credentials");
    expect((await enter(deps, user.email, "another secret")).kind).toBe("signed_in");
    const rows = await deps.db.select().from(sessions).where(eq(sessions.userId, user.id));
    expect(rows).toHaveLength(2);
  });
});
