import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { listCards } from "../../db/queries/cards";
import { decodeCursor } from "../../db/queries/cursor";
import { findContact, listContacts } from "../../db/queries/persons";
import { activities, persons } from "../../db/schema";
import { blockPerson } from "../../lib/contacts/block-person";
import { createContact } from "../../lib/contacts/create-contact";
import { deleteContact } from "../../lib/contacts/delete-contact";
import { updateContact } from "../../lib/contacts/update-contact";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { createIntegration, createUser, createWorkspace } from "../support/workspace";

const database = openTestDatabase();

async function scene() {
  const deps = testDeps(database);
  const workspace = await createWorkspace(deps);
  const other = await createWorkspace(deps);
  const { workspaceId } = workspace;
  return { deps, workspace, workspaceId, other };
}

const phone = (value: string) => ({ kind: "phone" as const, value });

async function made(s: Awaited<ReturnType<typeof scene>>, number = "06 12 34 56 78") {
  const outcome = await createContact(s.deps, {
    workspaceId: s.workspaceId,
    contact: { name: "Zoé Œuvrard", company: "Été & Fils", addresses: [phone(number)] },
  });
  if (outcome.kind !== "created") throw new Error(outcome.kind);
  return outcome.contact;
}

describe("create a contact", () => {
  it("R410 stores its number in E.164 beside what was typed, doubles once", async () => {
    const s = await scene();
    const outcome = await createContact(s.deps, {
      workspaceId: s.workspaceId,
      contact: {
        name: "Zoé",
        addresses: [
          phone("0612345678"),
          phone("+33 6 12 34 56 78"),
          { kind: "email", value: "Zoe@Example.org" },
        ],
      },
    });
    expect(outcome).toMatchObject({
      kind: "created",
      contact: {
        name: "Zoé",
        addresses: [
          { kind: "phone", value: "+33612345678" },
          { kind: "email", value: "zoe@example.org" },
        ],
      },
    });
  });

  it("R413 names the address that is wrong and stores nothing", async () => {
    const s = await scene();
    const outcome = await createContact(s.deps, {
      workspaceId: s.workspaceId,
      contact: { addresses: [phone("0612345678"), phone("12")] },
    });
    expect(outcome).toMatchObject({
      kind: "invalid_address",
      index: 1,
      code: "invalid_phone_number",
    });
    expect((await listContacts(s.deps.db, s.workspaceId, {})).contacts).toEqual([]);
  });

  it("an address belongs to one person, also for ten at once", async () => {
    const s = await scene();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        createContact(s.deps, {
          workspaceId: s.workspaceId,
          contact: { name: `n° ${n}`, addresses: [phone("0612345678")] },
        }),
      ),
    );
    const [winner] = outcomes.filter((outcome) => outcome.kind === "created");
    const lost = outcomes.filter((outcome) => outcome.kind === "address_taken");
    expect(lost).toHaveLength(9);
    const id = winner?.kind === "created" ? winner.contact.id : "";
    expect(
      lost.every((outcome) => outcome.kind === "address_taken" && outcome.personId === id),
    ).toBe(true);
    expect((await listContacts(s.deps.db, s.workspaceId, {})).contacts).toHaveLength(1);
  });

  it("the same number may be in two workspaces, and each sees its own", async () => {
    const s = await scene();
    const mine = await made(s);
    const theirs = await made({ ...s, workspaceId: s.other.workspaceId });
    expect(mine.id).not.toBe(theirs.id);
    expect(await findContact(s.deps.db, s.workspaceId, theirs.id)).toBeNull();
  });
});

describe("update a contact", () => {
  it("changes what is given, keeps the rest, and is found by the new words", async () => {
    const s = await scene();
    const contact = await made(s);
    const conversation = await createConversation(s.deps, s.workspace, {
      personId: contact.id,
      address: "+33612345678",
    });
    const outcome = await updateContact(s.deps, {
      workspaceId: s.workspaceId,
      personId: contact.id,
      contact: { name: "Zoé Martin", notes: undefined },
    });
    expect(outcome).toMatchObject({
      kind: "updated",
      contact: { name: "Zoé Martin", company: "Été & Fils" },
    });
    expect(s.deps.changes).toEqual([
      expect.objectContaining({ conversationId: conversation.id, messageIds: [] }),
    ]);
    const scope = { workspaceId: s.workspaceId, integrations: "all" } as const;
    const found = async (q: string) =>
      (await listCards(s.deps.db, scope, { view: "all", userId: null, q })).cards.length;
    expect(await found("zoe MARTIN")).toBe(1);
    expect(await found("ete fils")).toBe(1);
    expect(await found("oeuvrard")).toBe(0);
  });

  it("replaces addresses, but takes none from somebody else", async () => {
    const s = await scene();
    const one = await made(s);
    const two = await made(s, "0612345679");
    const put = (value: string) =>
      updateContact(s.deps, {
        workspaceId: s.workspaceId,
        personId: two.id,
        contact: { name: "Changé", addresses: [phone(value)] },
      });
    expect(await put("0612345678")).toMatchObject({ kind: "address_taken", personId: one.id });
    expect(await findContact(s.deps.db, s.workspaceId, two.id)).toMatchObject({
      name: "Zoé Œuvrard",
      addresses: [{ kind: "phone", value: "+33612345679" }],
    });
    expect(await put("0612345680")).toMatchObject({
      kind: "updated",
      contact: { addresses: [{ kind: "phone", value: "+33612345680" }] },
    });
  });

  it("is not found from another workspace", async () => {
    const s = await scene();
    const contact = await made(s);
    const outcome = await updateContact(s.deps, {
      workspaceId: s.other.workspaceId,
      personId: contact.id,
      contact: { name: "Volé" },
    });
    expect(outcome).toEqual({ kind: "contact_not_found" });
  });
});

describe("delete a contact", () => {
  it("goes with its addresses; the second time it is not there", async () => {
    const s = await scene();
    const contact = await made(s);
    const input = { workspaceId: s.workspaceId, personId: contact.id };
    expect(await deleteContact(s.deps, { ...input, workspaceId: s.other.workspaceId })).toEqual({
      kind: "contact_not_found",
    });
    expect(await deleteContact(s.deps, input)).toEqual({ kind: "deleted" });
    expect(await deleteContact(s.deps, input)).toEqual({ kind: "contact_not_found" });
    await made(s);
  });

  it("is refused while there are conversations, and for people who sign in", async () => {
    const s = await scene();
    const { personId } = await createConversation(s.deps, s.workspace);
    const user = await createUser(s.deps, s.workspaceId, "agent");
    const remove = (id: string) =>
      deleteContact(s.deps, { workspaceId: s.workspaceId, personId: id });
    expect(await remove(personId)).toEqual({ kind: "contact_has_history" });
    expect(await remove(user.personId)).toEqual({ kind: "contact_is_user" });
  });
});

describe("block a person", () => {
  it("shows on every conversation, once, and is taken back the same way", async () => {
    const s = await scene();
    const user = await createUser(s.deps, s.workspaceId, "agent");
    const first = await createConversation(s.deps, s.workspace);
    const second = await createIntegration(s.deps, s.workspace);
    const { personId } = first;
    await createConversation(s.deps, s.workspace, { personId, integrationId: second.id });
    const actor = { kind: "user", userId: user.id } as const;
    const acting = { workspaceId: s.workspaceId, integrations: "all", actor } as const;
    const set = (isBlocked: boolean) => blockPerson(s.deps, { acting, personId, isBlocked });
    expect(await set(true)).toEqual({ kind: "done", changed: true });
    expect(await set(true)).toEqual({ kind: "done", changed: false });
    expect(await set(false)).toEqual({ kind: "done", changed: true });
    const lines = await s.deps.db
      .select()
      .from(activities)
      .where(eq(activities.workspaceId, s.workspaceId))
      .orderBy(activities.id);
    expect(lines.map((line) => line.kind)).toEqual([
      "blocked",
      "blocked",
      "unblocked",
      "unblocked",
    ]);
    expect(s.deps.changes).toHaveLength(4);
    const [person] = await s.deps.db.select().from(persons).where(eq(persons.id, personId));
    expect(person?.blockedAt).toBeNull();
  });

  it("is not found from another workspace", async () => {
    const s = await scene();
    const { personId } = await createConversation(s.deps, s.workspace);
    const actor = { kind: "system" } as const;
    const acting = { workspaceId: s.other.workspaceId, integrations: "all", actor } as const;
    expect(await blockPerson(s.deps, { acting, personId, isBlocked: true })).toEqual({
      kind: "person_not_found",
    });
  });
});

describe("list contacts", () => {
  it("comes in pages without gap or double, without the people who sign in", async () => {
    const s = await scene();
    await createUser(s.deps, s.workspaceId, "agent");
    for (let n = 0; n < 7; n += 1) await made(s, `061234567${n}`);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listContacts(s.deps.db, s.workspaceId, {
        limit: 3,
        cursor: cursor ? decodeCursor(cursor) : null,
      });
      seen.push(...page.contacts.map((contact) => contact.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });

  it("a cursor that nobody made is no cursor", () => {
    const id = "01a1fadb-bddb-7366-819f-07c962fce9c9";
    const places = [
      "now()",
      "2026-99-99 99:99:99+00",
      "2026-02-31 10:00:00+00",
      "0000-01-01 00:00:00+00",
    ];
    const forged = places.map((at) => Buffer.from(`${at}|${id}`).toString("base64url"));
    for (const text of ["", "x", "2026-01-01", ...forged]) expect(decodeCursor(text)).toBeNull();
    const good = Buffer.from(`2026-02-28 10:00:00.123456+00|${id}`).toString("base64url");
    expect(decodeCursor(good)).toEqual({ at: "2026-02-28 10:00:00.123456+00", id });
  });
});
