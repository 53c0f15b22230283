import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditLog, memberships, oneTimeTokens, users } from "../../db/schema";
import { acceptInvitation } from "../../lib/auth/accept-invitation";
import { completeSetup } from "../../lib/auth/complete-setup";
import { createResetLink } from "../../lib/auth/create-reset-link";
import { createSetupLink } from "../../lib/auth/create-setup-link";
import { inviteUser } from "../../lib/auth/invite-user";
import { openSession } from "../../lib/auth/open-session";
import { resetPassword } from "../../lib/auth/reset-password";
import { revokeInvitation } from "../../lib/auth/revoke-invitation";
import { signIn, startSession } from "../../lib/auth/sign-in";
import { createSystemOwner } from "../support/administrator";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { createUser, createWorkspace } from "../support/workspace";

const database = openTestDatabase();
const PASSWORD = "un grand secret";
const HOUR = 3_600_000;

const tokenOf = (link: string) => link.split(/[/=]/).at(-1) ?? "";
const setup = {
  workspaceName: "Banque de l’Ouest",
  name: "Ada",
  email: "Ada@Example.test",
  password: PASSWORD,
  locale: "fr" as const,
  timeZone: "Europe/Paris",
};

/** First in the file: it needs a database without users. */
describe("the first owner", () => {
  it("sets the product up by the printed link, once", async () => {
    const deps = testDeps(database);
    const stale = await createSetupLink(deps, "https://carillon.test");
    const link = await createSetupLink(deps, "https://carillon.test");
    expect(link).toMatch(/^https:\/\/carillon\.test\/setup\?token=[\w-]{32}$/);
    const token = tokenOf(link ?? "");
    expect((await completeSetup(deps, { ...setup, token: "x" })).kind).toBe("invalid_link");
    expect((await completeSetup(deps, { ...setup, token: tokenOf(stale ?? "") })).kind).toBe(
      "invalid_link",
    );
    expect((await completeSetup(deps, { ...setup, token, email: "nope" })).kind).toBe(
      "invalid_email",
    );
    const outcomes = await Promise.all([
      completeSetup(deps, { ...setup, token }),
      completeSetup(deps, { ...setup, token, email: "eve@example.test" }),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["done", "invalid_link"]);
    expect(await createSetupLink(deps, "https://carillon.test")).toBeNull();
    const [owner] = await deps.db.select().from(memberships);
    expect(owner?.role).toBe("owner");
    const rows = await deps.db.select().from(oneTimeTokens);
    expect(rows.some((row) => row.tokenHash.includes(token))).toBe(false);
  });

  it("refuses a link that is a day old", async () => {
    const deps = testDeps(database);
    await deps.db.delete(memberships);
    await deps.db.delete(users);
    const link = await createSetupLink(deps, "https://carillon.test");
    deps.clock.advance(24 * HOUR);
    const outcome = await completeSetup(deps, { ...setup, token: tokenOf(link ?? "") });
    expect(outcome.kind).toBe("invalid_link");
  });
});

describe("an invitation", () => {
  const invite = { email: "new@example.test", name: null, role: "agent" as const };
  const accept = { name: "Nouvelle", password: PASSWORD, locale: "fr" as const, address: null };

  it("makes the account and the membership, once", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const made = await inviteUser(deps, by, { ...invite, email: "one@example.test" });
    if (made.kind !== "invited") throw new Error(made.kind);
    const token = tokenOf(made.link);
    const outcomes = await Promise.all([
      acceptInvitation(deps, { ...accept, token }),
      acceptInvitation(deps, { ...accept, token }),
    ]).catch((error: unknown) => error);
    expect(Array.isArray(outcomes) && outcomes.filter((o) => o.kind === "accepted")).toHaveLength(
      1,
    );
    expect((await acceptInvitation(deps, { ...accept, token })).kind).toBe("invalid_link");
    const signedIn = await signIn(deps, {
      email: "one@example.test",
      password: PASSWORD,
      address: null,
      userAgent: null,
    });
    expect(signedIn.kind).toBe("signed_in");
    const sessionId = signedIn.kind === "signed_in" ? signedIn.sessionId : "";
    expect(await openSession(deps, sessionId)).toMatchObject({ workspaceId, role: "agent" });
  });

  it("joins an account that exists only with that account's password", async () => {
    const deps = testDeps(database);
    const { by } = await createSystemOwner(deps);
    const elsewhere = await createWorkspace(deps);
    const there = {
      workspaceId: elsewhere.workspaceId,
      actor: { kind: "system" },
      role: "owner",
    } as const;
    const first = await inviteUser(deps, there, { ...invite, email: "two@example.test" });
    if (first.kind !== "invited") throw new Error(first.kind);
    await acceptInvitation(deps, { ...accept, token: tokenOf(first.link) });
    const second = await inviteUser(deps, by, { ...invite, email: "two@example.test" });
    if (second.kind !== "invited") throw new Error(second.kind);
    const token = tokenOf(second.link);
    const wrong = await acceptInvitation(deps, { ...accept, token, password: "not the password" });
    expect(wrong.kind).toBe("wrong_password");
    expect((await acceptInvitation(deps, { ...accept, token })).kind).toBe("accepted");
  });

  it("is worthless when replaced, taken back or a week old", async () => {
    const deps = testDeps(database);
    const { by } = await createSystemOwner(deps);
    const links: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      const made = await inviteUser(deps, by, invite);
      if (made.kind !== "invited") throw new Error(made.kind);
      links.push(tokenOf(made.link));
      if (n === 1) await revokeInvitation(deps, by, { id: made.id });
    }
    for (const token of links) {
      expect((await acceptInvitation(deps, { ...accept, token })).kind).toBe("invalid_link");
    }
    const made = await inviteUser(deps, by, invite);
    deps.clock.advance(7 * 24 * HOUR);
    const token = made.kind === "invited" ? tokenOf(made.link) : "";
    expect((await acceptInvitation(deps, { ...accept, token })).kind).toBe("invalid_link");
  });

  it("is not given by those who may not, nor to members, nor taken back by strangers", async () => {
    const deps = testDeps(database);
    const { by } = await createSystemOwner(deps);
    const stranger = await createSystemOwner(deps);
    const asAdmin = { ...by, role: "admin" as const };
    expect((await inviteUser(deps, asAdmin, { ...invite, role: "owner" })).kind).toBe("forbidden");
    expect((await inviteUser(deps, { ...by, role: "agent" }, invite)).kind).toBe("forbidden");
    const member = await createUser(deps, by.workspaceId, "agent");
    expect((await inviteUser(deps, by, { ...invite, email: member.email })).kind).toBe(
      "already_member",
    );
    expect((await inviteUser(deps, by, { ...invite, email: "nonsense" })).kind).toBe(
      "invalid_email",
    );
    const made = await inviteUser(deps, by, invite);
    const id = made.kind === "invited" ? made.id : "";
    expect((await revokeInvitation(deps, stranger.by, { id })).kind).toBe("not_found");
    expect((await revokeInvitation(deps, by, { id })).kind).toBe("revoked");
    expect((await revokeInvitation(deps, by, { id })).kind).toBe("not_found");
  });
});

describe("a forgotten password", () => {
  it("is replaced by an administrator's link, once, and signs out everywhere", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const user = await createUser(deps, workspaceId, "agent");
    const userId = user.id;
    const sessionId = await startSession(deps, { userId, workspaceId, userAgent: null });
    const old = await createResetLink(deps, by, { userId });
    const made = await createResetLink(deps, by, { userId });
    if (old.kind !== "created" || made.kind !== "created") throw new Error("no link");
    const token = tokenOf(made.link);
    const reset = (given: string, password = PASSWORD) =>
      resetPassword(deps, { token: given, password });
    expect((await reset(tokenOf(old.link))).kind).toBe("invalid_link");
    expect((await reset(token, "short")).kind).toBe("weak_password");
    expect(await reset(token)).toEqual({ kind: "done", email: user.email });
    expect((await reset(token)).kind).toBe("invalid_link");
    expect(await openSession(deps, sessionId)).toBeNull();
    const trail = await deps.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.targetId, userId), eq(auditLog.action, "user.reset_link_created")));
    expect(trail).toHaveLength(2);
    expect(JSON.stringify(trail)).not.toContain(token);
  });

  it("is no way into an owner's account, a stranger's, or one that opens other workspaces", async () => {
    const deps = testDeps(database);
    const { by, workspaceId } = await createSystemOwner(deps);
    const admin = {
      workspaceId,
      actor: { kind: "user", userId: deps.chance.uuid() },
      role: "admin",
    } as const;
    const owner = await createUser(deps, workspaceId, "owner");
    expect((await createResetLink(deps, admin, { userId: owner.id })).kind).toBe("forbidden");
    const other = await createWorkspace(deps);
    const stranger = await createUser(deps, other.workspaceId, "agent");
    expect((await createResetLink(deps, admin, { userId: stranger.id })).kind).toBe("not_found");
    const shared = await createUser(deps, workspaceId, "agent");
    await deps.db
      .update(memberships)
      .set({ userId: shared.id })
      .where(eq(memberships.userId, stranger.id));
    expect((await createResetLink(deps, admin, { userId: shared.id })).kind).toBe(
      "belongs_elsewhere",
    );
    expect((await createResetLink(deps, by, { userId: shared.id })).kind).toBe("created");
  });
});
