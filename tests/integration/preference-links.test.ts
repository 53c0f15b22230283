import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { GET, POST } from "../../app/api/p/[token]/route";
import { findPreferences } from "../../db/queries/preferences";
import { auditLog, messages, preferenceLinks, preferences } from "../../db/schema";
import { linkedChanges } from "../../lib/http/preference-fields";
import {
  keepLinks,
  openPreferenceLink,
  revokePreferenceLink,
} from "../../lib/notifications/preference-links";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { preferenceToken } from "../../lib/outbound/preference-token";
import { openSealedText } from "../../lib/outbound/sealed-text";
import { installRuntime } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { addMailSender } from "../support/mail-sender";
import { anAlert, prefer, raise, writtenTo } from "../support/notifications";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const NIGHT = {
  days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  start: "22:00",
  end: "07:00",
} as const;

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;
let of: { workspaceId: TestWorkspace["workspaceId"]; personId: string };

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace);
  of = { workspaceId: workspace.workspaceId, personId: person.personId };
  await prefer(deps, of);
});

async function sendLink(personId = of.personId): Promise<string> {
  const personIds = [personId];
  const { workspaceId } = of;
  const versions = await deps.db.transaction((tx) =>
    keepLinks(deps, tx, { workspaceId, personIds }),
  );
  return preferenceToken(deps, { personId, version: versions.get(personId) ?? 0 });
}

const rows = () =>
  deps.db.select().from(preferenceLinks).where(eq(preferenceLinks.personId, of.personId));

describe("a preference link", () => {
  it("is the same in every message, one row a person, and stored hashed", async () => {
    const tokens = await Promise.all([sendLink(), sendLink(), sendLink()]);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(await rows()).toHaveLength(1);
    expect(JSON.stringify(await rows())).not.toContain(tokens[0]);
    expect(await openPreferenceLink(deps, tokens[0] ?? "")).toEqual(of);
  });

  it("works for a year after the last message that carried it", async () => {
    const token = await sendLink();
    deps.clock.advance(YEAR - HOUR);
    await sendLink();
    deps.clock.advance(2 * HOUR);
    expect(await openPreferenceLink(deps, token)).toEqual(of);
    deps.clock.advance(YEAR);
    expect(await openPreferenceLink(deps, token)).toBeNull();
  });

  it("opens nothing once it is revoked, and the next message carries another", async () => {
    const token = await sendLink();
    const admin = await createUser(deps, of.workspaceId, "admin");
    const actor = { kind: "user", userId: admin.id } as const;
    const by = { workspaceId: of.workspaceId, actor, role: "admin" } as const;
    await revokePreferenceLink(deps, by, of.personId);
    expect(await openPreferenceLink(deps, token)).toBeNull();
    const next = await sendLink();
    expect(next).not.toBe(token);
    expect(await openPreferenceLink(deps, next)).toEqual(of);
  });

  it("that is made up, or of another person, opens nothing of this one", async () => {
    const token = await sendLink();
    const other = await createConversation(deps, workspace);
    const theirs = await sendLink(other.personId);
    expect(await openPreferenceLink(deps, theirs)).toEqual({ ...of, personId: other.personId });
    const wrong = (token.startsWith("A") ? "B" : "A") + token.slice(1);
    for (const made of [wrong, "", "x", `${token}x`, "%00", "'".repeat(22)]) {
      expect(await openPreferenceLink(deps, made)).toBeNull();
    }
  });

  it("changes no address", () => {
    for (const changes of [{ whatsappNumber: "+33199000111" }, { timeZone: "Europe/Rome" }]) {
      expect(linkedChanges.safeParse(changes).success).toBe(false);
    }
    expect(linkedChanges.safeParse({ maxPerHour: 2 }).success).toBe(true);
  });
});

describe("one-click unsubscribing from notifications (RFC 8058)", () => {
  const call = (method: "GET" | "POST", token: string) =>
    (method === "GET" ? GET : POST)(
      new Request(`https://carillon.test/api/p/${token}`, {
        method,
        ...(method === "POST" && { body: "List-Unsubscribe=One-Click" }),
      }),
      { params: Promise.resolve({ token }) },
    );
  const channels = async () =>
    (await findPreferences(deps.db, { ...of, personIds: [of.personId] })).get(of.personId)
      ?.enabledChannels;

  it("a POST switches e-mail off, also the second time; a GET changes nothing", async () => {
    const token = await sendLink();
    const before = await deps.db.select().from(preferences);
    expect((await call("GET", token)).status).toBe(303);
    expect(await deps.db.select().from(preferences)).toEqual(before);
    for (const _ of [1, 2]) {
      const answer = await call("POST", token);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
    expect(await channels()).toEqual(["web", "sms", "whatsapp"]);
    const [row, ...more] = await deps.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.targetId, of.personId));
    expect(more).toEqual([]);
    expect(row?.data).toEqual({ changed: ["enabledChannels"], via: "link" });
  });

  it("a token of nobody is not found", async () => {
    expect((await call("POST", "x".repeat(22))).status).toBe(404);
    expect(await channels()).toContain("email");
  });
});

describe("messages that carry it", () => {
  it("an e-mail keeps its version; a summary by SMS says it where it costs no more, masked for colleagues", async () => {
    const user = await createUser(deps, of.workspaceId, "member");
    await addMailSender(deps, of.workspaceId);
    const own = { ...of, personId: user.personId };
    await prefer(deps, own);
    const recipient = { userId: user.id };
    await raise(deps, of.workspaceId, anAlert(user.personId, { recipient, channels: ["email"] }));
    const [mail] = await writtenTo(deps, own);
    expect(mail?.content).toEqual({ linkVersion: 1 });
    await prefer(deps, of, { quietHours: [NIGHT] });
    deps.clock.advance(14 * HOUR);
    await raise(
      deps,
      of.workspaceId,
      anAlert(of.personId),
      anAlert(of.personId, { type: "security.tampering" }),
    );
    deps.clock.advance(9 * HOUR);
    await releaseDeliveries(deps);
    const [summary] = await deps.db
      .select()
      .from(messages)
      .where(eq(messages.personId, of.personId));
    const token = await sendLink();
    expect(summary?.body.split("\n").at(-1)).toBe(`carillon.test/p/${"*".repeat(22)}`);
    expect(JSON.stringify(summary)).not.toContain(token);
    const sealed = openSealedText(deps, String(summary?.content?.sealed));
    expect(sealed?.text).toBe(summary?.body.replace("*".repeat(22), token));
  });
});
