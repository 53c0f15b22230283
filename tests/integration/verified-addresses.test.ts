import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { listOwnAddresses } from "../../db/queries/addresses";
import { findHeldBox } from "../../db/queries/held";
import { findClaimedNumber } from "../../db/queries/phone-claims";
import { findPreferences } from "../../db/queries/preferences";
import { findMember } from "../../db/queries/users";
import {
  addressCodes,
  addresses,
  auditLog,
  consents,
  conversations,
  messages,
} from "../../db/schema";
import { changePreferences } from "../../lib/auth/change-preferences";
import { claimPhoneNumber } from "../../lib/auth/claim-phone-number";
import { confirmAddressCode } from "../../lib/auth/confirm-address-code";
import { provePhoneNumber } from "../../lib/auth/prove-phone-number";
import { proveWhatsappNumber } from "../../lib/auth/prove-whatsapp-number";
import { requestAddressCode } from "../../lib/auth/request-address-code";
import { setPhoneNumber } from "../../lib/auth/set-phone-number";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { savePreferences } from "../../lib/notifications/save-preferences";
import { openSealedText } from "../../lib/outbound/sealed-text";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { anAlert, prefer, raise, writtenTo } from "../support/notifications";
import {
  createIntegration,
  createUser,
  createWorkspace,
  type TestWorkspace,
} from "../support/workspace";

const MINUTE = 60_000;
const NIGHT = {
  days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  start: "22:00",
  end: "07:00",
} as const;
const PHONE = "+33199000551";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let user: Awaited<ReturnType<typeof createUser>>;
let own: { workspaceId: TestWorkspace["workspaceId"]; personId: string; addressId: string };

beforeEach(async () => {
  deps = testDeps(database);
  workspace = await createWorkspace(deps);
  const { workspaceId } = workspace;
  user = await createUser(deps, workspaceId, "member");
  const addressId = deps.chance.uuid();
  await deps.db.insert(addresses).values({
    ...{ id: addressId, workspaceId, personId: user.personId, kind: "phone" },
    ...{ value: PHONE, raw: PHONE, createdAt: deps.clock.now() },
  });
  own = { workspaceId, personId: user.personId, addressId };
});

const sentTo = (to: string) =>
  deps.db
    .select()
    .from(messages)
    .where(and(eq(messages.workspaceId, own.workspaceId), eq(messages.toAddress, to)))
    .orderBy(messages.seq);
const ofUser = () => ({ kind: "user", userId: user.id }) as const;

/** What the phone reads; the row shows a stand-in. */
async function codeAt(number: string): Promise<string> {
  const sent = await sentTo(number);
  const sealed = String(sent.at(-1)?.content?.sealed);
  return openSealedText(deps, sealed)?.text.slice(0, 6) ?? "";
}

const readCode = () => codeAt(PHONE);
const confirm = (code: string) => confirmAddressCode(deps, { ...own, actor: ofUser(), code });
const other = (code: string) => (code === "000000" ? "000001" : "000000");

describe("a code", () => {
  it("verifies the number it was sent to, once; colleagues read a stand-in", async () => {
    expect(await requestAddressCode(deps, own)).toEqual({ kind: "sent", channel: "sms" });
    const [message] = await sentTo(PHONE);
    expect(message).toMatchObject({ channel: "sms", lane: "interactive", status: "queued" });
    expect(message?.body).not.toMatch(/\d{6}/);
    const code = await readCode();
    expect(code).toMatch(/^\d{6}$/);
    const [row] = await deps.db
      .select()
      .from(addressCodes)
      .where(eq(addressCodes.addressId, own.addressId));
    expect(JSON.stringify(row)).not.toContain(code);
    const answers = await Promise.all([confirm(code), confirm(code)]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(["verified", "wrong_code"]);
    const [address] = await listOwnAddresses(deps.db, own);
    expect(address).toMatchObject({ value: PHONE, isVerified: true });
    const [written] = await deps.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.targetId, user.personId));
    expect(written?.action).toBe("address.verified");
  });

  it("is guessed at most five times, also where many guess at once", async () => {
    await requestAddressCode(deps, own);
    const code = await readCode();
    const wrong = await Promise.all(Array.from({ length: 8 }, () => confirm(other(code))));
    expect(new Set(wrong.map(({ kind }) => kind))).toEqual(new Set(["wrong_code"]));
    expect(await confirm(code)).toEqual({ kind: "wrong_code" });
    expect((await listOwnAddresses(deps.db, own))[0]?.isVerified).toBe(false);
  });

  it("new codes give no more than twenty-five guesses an hour", async () => {
    const answers: string[] = [];
    for (let nth = 0; nth < 26; nth += 1) answers.push((await confirm("000000")).kind);
    expect(answers.slice(0, 25)).toEqual(Array(25).fill("wrong_code"));
    expect(answers[25]).toBe("throttled");
  });

  it("dies after ten minutes, and when a new one is sent", async () => {
    await requestAddressCode(deps, own);
    const first = await readCode();
    deps.clock.advance(10 * MINUTE);
    expect(await confirm(first)).toEqual({ kind: "wrong_code" });
    await requestAddressCode(deps, own);
    const second = await readCode();
    expect(second).not.toBe(first);
    expect(await confirm(first)).toEqual({ kind: "wrong_code" });
    expect(await confirm(second)).toEqual({ kind: "verified" });
  });

  it("is asked for three times in a quarter of an hour", async () => {
    for (let nth = 0; nth < 3; nth += 1) {
      expect(await requestAddressCode(deps, own)).toEqual({ kind: "sent", channel: "sms" });
    }
    expect(await requestAddressCode(deps, own)).toMatchObject({ kind: "throttled" });
    expect(await sentTo(PHONE)).toHaveLength(3);
  });

  it("is not sent to who has opted out, and says so", async () => {
    await deps.db.insert(consents).values({
      ...{ workspaceId: own.workspaceId, personId: own.personId, channel: "sms", address: PHONE },
      ...{ integrationId: workspace.integration.id, state: "opted_out", source: "keyword" },
      at: deps.clock.now(),
    });
    expect(await requestAddressCode(deps, own)).toEqual({ kind: "refused", reason: "opted_out" });
  });

  it("R402 another's address is nobody's here", async () => {
    const stranger = await createUser(deps, own.workspaceId, "owner");
    const theirs = { ...own, personId: stranger.personId };
    expect(await requestAddressCode(deps, theirs)).toEqual({ kind: "not_found" });
    await requestAddressCode(deps, own);
    const code = await readCode();
    const tried = await confirmAddressCode(deps, { ...theirs, actor: ofUser(), code });
    expect(tried).toEqual({ kind: "not_found" });
  });
});

describe("a number that a contact wrote from", () => {
  it("R001 makes one of contact and user, who keeps choices, notifications and what is held", async () => {
    const contact = await createConversation(deps, workspace, { name: "Contact" });
    const { workspaceId } = own;
    await prefer(deps, own, { quietHours: [NIGHT] });
    deps.clock.advance(14 * 60 * MINUTE);
    await raise(deps, workspaceId, anAlert(user.personId, { title: "One" }));
    const by = { workspaceId, actor: ofUser(), role: "member" } as const;
    const outcome = await setPhoneNumber(deps, by, {
      userId: user.id,
      phoneNumber: contact.address,
    });
    expect(outcome).toMatchObject({ kind: "saved" });
    const merged = { workspaceId, personId: contact.personId };
    expect(await findHeldBox(deps.db, { ...merged, limit: 5 })).toMatchObject({
      total: 1,
      notifications: [{ title: "One" }],
    });
    deps.clock.advance(9 * 60 * MINUTE);
    await releaseDeliveries(deps);
    const written = await writtenTo(deps, merged);
    expect(written.map(({ body, toAddress }) => `${toAddress} ${body}`)).toEqual([
      `${contact.address} One\nCamera 3`,
    ]);
  });
});

describe("a number that somebody says is theirs", () => {
  const NEW = "+33199000554";
  const by = () => ({
    ...{ workspaceId: own.workspaceId, actor: ofUser(), role: "member" as const },
    userId: user.id,
  });
  const claim = (number: string | null) => claimPhoneNumber(deps, by(), number);
  const prove = async (given?: string) =>
    provePhoneNumber(deps, by(), given ?? (await codeAt(NEW)));
  const claimed = () => findClaimedNumber(deps.db, { ...own, kind: "phone" });
  const member = () => findMember(deps.db, own.workspaceId, user.id);
  const ownerOf = async (value: string) => {
    const [row] = await deps.db
      .select({ personId: addresses.personId })
      .from(addresses)
      .where(and(eq(addresses.workspaceId, own.workspaceId), eq(addresses.value, value)));
    return row?.personId ?? null;
  };

  it("R001 is nobody's until the code that was sent there is entered, and then verified", async () => {
    expect(await claim("01 99 00 05 54")).toEqual({ kind: "code_sent", phoneNumber: NEW });
    expect(await claimed()).toBe(NEW);
    expect(await ownerOf(NEW)).toBeNull();
    expect((await member())?.phoneNumber).toBe(PHONE);
    await prefer(deps, own);
    await raise(deps, own.workspaceId, anAlert(user.personId, { title: "One" }));
    expect((await sentTo(PHONE)).map(({ body }) => body)).toEqual(["One\nCamera 3"]);
    expect(await prove(other(await codeAt(NEW)))).toEqual({ kind: "wrong_code" });
    expect(await prove()).toEqual({ kind: "saved", phoneNumber: NEW });
    expect(await prove()).toEqual({ kind: "wrong_code" });
    expect(await claimed()).toBeNull();
    expect(await listOwnAddresses(deps.db, own)).toMatchObject([{ value: NEW, isVerified: true }]);
    const written = await deps.db.select().from(auditLog).where(eq(auditLog.targetId, user.id));
    expect(written).toMatchObject([{ action: "user.phone_changed", data: { proof: "code" } }]);
  });

  it("leaves the conversation that its person has where it was", async () => {
    const told = await createConversation(deps, workspace, { address: PHONE, ...own });
    await claim(NEW);
    const [row] = await deps.db.select().from(conversations).where(eq(conversations.id, told.id));
    expect(row?.address).toBe(PHONE);
    expect((await sentTo(NEW)).map(({ conversationId }) => conversationId)).toEqual([told.id]);
  });

  it("of a contact is taken over with their conversation by the code alone", async () => {
    const contact = await createConversation(deps, workspace, { name: "Contact", address: NEW });
    expect(await claim(NEW)).toEqual({ kind: "code_sent", phoneNumber: NEW });
    const personOf = async () => {
      const [row] = await deps.db
        .select()
        .from(conversations)
        .where(eq(conversations.id, contact.id));
      return row?.personId;
    };
    expect(await ownerOf(NEW)).toBe(contact.personId);
    expect((await member())?.personId).toBe(user.personId);
    for (let nth = 0; nth < 5; nth += 1) await prove(other(await codeAt(NEW)));
    expect(await prove()).toEqual({ kind: "wrong_code" });
    expect((await member())?.personId).toBe(user.personId);
    await claim(NEW);
    expect(await prove()).toMatchObject({ kind: "saved" });
    expect(await personOf()).toBe((await member())?.personId);
  });

  it("is sent no code where its contact has opted out, and nothing is kept", async () => {
    const contact = await createConversation(deps, workspace, { address: NEW });
    await deps.db.insert(consents).values({
      ...{ workspaceId: own.workspaceId, personId: contact.personId, channel: "sms" },
      ...{ address: NEW, integrationId: workspace.integration.id, state: "opted_out" },
      ...{ source: "keyword", at: deps.clock.now() },
    });
    expect(await claim(NEW)).toEqual({ kind: "refused", reason: "opted_out" });
    expect(await claimed()).toBeNull();
  });

  it("is refused where it is a colleague's, forgotten where their own is kept, and gets few codes", async () => {
    const bob = await createUser(deps, own.workspaceId, "member", "Bob");
    await deps.db.insert(addresses).values({
      ...{ id: deps.chance.uuid(), workspaceId: own.workspaceId, personId: bob.personId },
      ...{ kind: "phone", value: "+33199000555", raw: "x", createdAt: deps.clock.now() },
    });
    expect(await claim("+33199000555")).toEqual({ kind: "number_taken" });
    expect(await claim("12")).toMatchObject({ kind: "invalid_phone_number" });
    for (let nth = 0; nth < 3; nth += 1) await claim(NEW);
    expect(await claim(NEW)).toMatchObject({ kind: "throttled" });
    expect(await claim(PHONE)).toEqual({ kind: "saved", phoneNumber: PHONE });
    expect(await claimed()).toBeNull();
    expect(await claim(null)).toEqual({ kind: "saved", phoneNumber: null });
    expect((await member())?.phoneNumber).toBeNull();
  });
});

describe("a WhatsApp number", () => {
  const NUMBER = "+33199000552";
  const person = () => ({ personId: user.personId, userId: user.id });
  const save = (whatsappNumber: string | null) =>
    changePreferences(deps, {
      acting: { workspaceId: own.workspaceId, actor: ofUser() },
      person: person(),
      changes: { whatsappNumber, maxPerHour: 7 },
    });
  const prove = (code: string) => proveWhatsappNumber(deps, { ...own, actor: ofUser(), code });
  const saveAndProve = async (number: string) => {
    await save(number);
    return prove(await codeAt(NUMBER));
  };
  const claimed = (kind: "phone" | "whatsapp" = "whatsapp") =>
    findClaimedNumber(deps.db, { ...own, kind });
  const kinds = async () =>
    (await listOwnAddresses(deps.db, own)).map(({ kind, value }) => `${kind} ${value}`).sort();
  const phoneNumber = async () =>
    (await findMember(deps.db, own.workspaceId, user.id))?.phoneNumber;
  const maxPerHour = async () =>
    (await findPreferences(deps.db, { ...own, personIds: [own.personId] })).get(own.personId)
      ?.maxPerHour;
  const giveToBob = async () => {
    const bob = await createUser(deps, own.workspaceId, "member", "Bob Secret");
    await deps.db.insert(addresses).values({
      ...{ id: deps.chance.uuid(), workspaceId: own.workspaceId, personId: bob.personId },
      ...{ kind: "phone", value: NUMBER, raw: NUMBER, createdAt: deps.clock.now() },
    });
  };

  it("R313 is nobody's until the code that was sent there by SMS is entered, and then verified", async () => {
    expect(await save("01 99 00 05 52")).toEqual({ kind: "code_sent", phoneNumber: NUMBER });
    expect(await claimed()).toBe(NUMBER);
    expect(await claimed("phone")).toBeNull();
    expect(await kinds()).toEqual([`phone ${PHONE}`]);
    expect(await maxPerHour()).toBe(7);
    const [message] = await sentTo(NUMBER);
    expect(message).toMatchObject({ channel: "sms", lane: "interactive" });
    const code = await codeAt(NUMBER);
    expect(await prove(other(code))).toEqual({ kind: "wrong_code" });
    const by = { workspaceId: own.workspaceId, actor: ofUser(), role: "member" } as const;
    expect(await provePhoneNumber(deps, { ...by, userId: user.id }, code)).toEqual({
      kind: "wrong_code",
    });
    expect(await prove(code)).toEqual({ kind: "saved", number: NUMBER });
    expect(await prove(code)).toEqual({ kind: "wrong_code" });
    expect(await claimed()).toBeNull();
    const verified = (await listOwnAddresses(deps.db, own)).filter((one) => one.isVerified);
    expect(verified.map(({ kind, value }) => `${kind} ${value}`).sort()).toEqual([
      `phone ${NUMBER}`,
      `whatsapp ${NUMBER}`,
    ]);
    const rows = await deps.db.select().from(auditLog).where(eq(auditLog.targetId, user.personId));
    expect(rows).toMatchObject([
      { action: "address.verified", data: { kind: "whatsapp", proof: "code" } },
    ]);
  });

  it("of another needs no code by an administrator's word, which is written down; one's own does", async () => {
    const admin = await createUser(deps, own.workspaceId, "admin");
    const acting = {
      workspaceId: own.workspaceId,
      actor: { kind: "user", userId: admin.id } as const,
    };
    const saving = { acting, changes: { whatsappNumber: NUMBER } };
    const outcome = await changePreferences(deps, { ...saving, person: person() });
    expect(outcome).toEqual({ kind: "saved" });
    expect(await kinds()).toContain(`whatsapp ${NUMBER}`);
    const rows = await deps.db.select().from(auditLog).where(eq(auditLog.targetId, user.personId));
    expect(rows).toMatchObject([
      { action: "preferences.changed", data: { changed: ["whatsappNumber"] } },
    ]);
    const themselves = { personId: admin.personId, userId: admin.id };
    const changes = { whatsappNumber: "+33199000556" };
    expect(await changePreferences(deps, { acting, person: themselves, changes })).toMatchObject({
      kind: "code_sent",
    });
    await expect(savePreferences(deps, { acting, person: themselves, changes })).rejects.toThrow();
  });

  it("R313 is kept beside the phone number, and by it the person is recognised", async () => {
    deps.clock.advance(1000);
    expect(await saveAndProve(NUMBER)).toMatchObject({ kind: "saved" });
    expect(await kinds()).toEqual([`phone ${PHONE}`, `phone ${NUMBER}`, `whatsapp ${NUMBER}`]);
    expect(await phoneNumber()).toBe(PHONE);
    const by = { workspaceId: own.workspaceId, actor: ofUser(), role: "member" } as const;
    await setPhoneNumber(deps, by, { userId: user.id, phoneNumber: "+33199000553" });
    expect(await kinds()).toEqual([
      "phone +33199000552",
      "phone +33199000553",
      "whatsapp +33199000552",
    ]);
    expect(await save(null)).toEqual({ kind: "saved" });
    expect(await kinds()).toEqual(["phone +33199000553"]);
  });

  it("may be the phone number itself, which stays when it is taken back; a claim is forgotten by it", async () => {
    deps.clock.advance(1000);
    await save(NUMBER);
    expect(await save(PHONE)).toEqual({ kind: "saved" });
    expect(await claimed()).toBeNull();
    expect(await kinds()).toEqual([`phone ${PHONE}`, `whatsapp ${PHONE}`]);
    await save(null);
    expect(await kinds()).toEqual([`phone ${PHONE}`]);
  });

  it("of somebody else is refused without a word of whose, and nothing is saved", async () => {
    await giveToBob();
    const outcome = await save(NUMBER);
    expect(outcome).toMatchObject({ kind: "number_taken" });
    expect(JSON.stringify(outcome)).not.toContain("Bob");
    expect(await kinds()).toEqual([`phone ${PHONE}`]);
    expect(await save("12")).toMatchObject({ kind: "invalid_phone_number" });
    expect(await claimed()).toBeNull();
    expect(await maxPerHour()).not.toBe(7);
    expect(await sentTo(NUMBER)).toEqual([]);
  });

  it("that became somebody else's meanwhile is not taken, and the one before stays", async () => {
    await save(PHONE);
    await save(NUMBER);
    await giveToBob();
    expect(await prove(await codeAt(NUMBER))).toEqual({ kind: "number_taken" });
    expect(await kinds()).toEqual([`phone ${PHONE}`, `whatsapp ${PHONE}`]);
    expect(await claimed()).toBeNull();
  });

  it("gets few codes, and no claim where none can be sent", async () => {
    for (let nth = 0; nth < 3; nth += 1) await save(NUMBER);
    expect(await save(NUMBER)).toMatchObject({ kind: "throttled" });
    await deps.db.insert(consents).values({
      ...{ workspaceId: own.workspaceId, personId: own.personId, channel: "sms", address: PHONE },
      ...{ integrationId: workspace.integration.id, state: "opted_out", source: "keyword" },
      at: deps.clock.now(),
    });
    expect(await save("+33199000557")).toEqual({ kind: "refused", reason: "opted_out" });
    expect(await claimed()).toBeNull();
  });

  it("an administrator gave is verified by SMS, where WhatsApp takes no free text", async () => {
    await createIntegration(deps, workspace, { type: "whatsapp", isDefault: true });
    await deps.db.insert(addresses).values({
      ...{ id: deps.chance.uuid(), workspaceId: own.workspaceId, personId: user.personId },
      ...{ kind: "whatsapp", value: NUMBER, raw: NUMBER, createdAt: deps.clock.now() },
    });
    const found = await listOwnAddresses(deps.db, own);
    const addressId = found.find(({ kind }) => kind === "whatsapp")?.id ?? "";
    const asked = await requestAddressCode(deps, { ...own, addressId });
    expect(asked).toEqual({ kind: "sent", channel: "sms" });
    const code = await codeAt(NUMBER);
    const confirmed = await confirmAddressCode(deps, { ...own, addressId, actor: ofUser(), code });
    expect(confirmed).toEqual({ kind: "verified" });
  });
});
