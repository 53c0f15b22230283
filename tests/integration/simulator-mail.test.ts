import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CreateEmailOptions, Resend } from "resend";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import { startSimulator } from "../../lib/embedded/simulator/server";
import { HASTE, openPhoneNetwork } from "../support/phone-network";
import type { Received } from "../support/webhook-sink";

const KEY = "re_test_0001";
const SECRET = `whsec_${Buffer.from("a secret of this test").toString("base64")}`;
const FROM = "bonjour@librairie.example";
const TO = "ana@clients.example";

const network = openPhoneNetwork();
let resend: Resend;

const account = () => ({
  apiKey: KEY,
  domains: ["Librairie.example"],
  webhookSecret: SECRET,
  webhookUrl: `${network.sink.url}/mail`,
});

beforeAll(() => {
  resend = new Resend(KEY, { baseUrl: network.url });
});

beforeEach(async () => {
  await network.control.registerMailAccount(account());
});

function send(input: Partial<CreateEmailOptions> = {}, idempotencyKey?: string, client = resend) {
  const mail = { from: `Librairie <${FROM}>`, to: TO, subject: "Prêt", text: "Bonjour", ...input };
  return client.emails.send(mail as CreateEmailOptions, idempotencyKey ? { idempotencyKey } : {});
}

const typeOf = (one: Received) => String(JSON.parse(one.body).type);
const isEvent = (type: string) => (one: Received) => one.path === "/mail" && typeOf(one) === type;

function verify(one: Received, webhookSecret = SECRET) {
  const header = (name: string) => String(one.headers[name]);
  return resend.webhooks.verify({
    payload: one.body,
    headers: {
      id: header("svix-id"),
      timestamp: header("svix-timestamp"),
      signature: header("svix-signature"),
    },
    webhookSecret,
  });
}

async function countOf(kind: string) {
  const lines = (await network.control.ledger(`"k":"${kind}"`)).trim();
  return lines === "" ? 0 : lines.split("\n").length;
}

/** Lines of the ledger outlive a reset: what counts is what a test adds. */
async function addedTo(kind: string, work: () => Promise<unknown>) {
  const before = await countOf(kind);
  await work();
  return (await countOf(kind)) - before;
}

test("a mail is taken whole, lies in the mailbox, and its events are told with a signature Resend accepts", async () => {
  const added = await addedTo("mail", async () => {
    const { data, error } = await send(
      {
        from: '"Doe, Zoé" <bonjour@librairie.example>',
        html: "<p>Bonjour</p>",
        replyTo: "equipe@librairie.example",
        headers: { "List-Unsubscribe": "<https://a.example/u>" },
        tags: [{ name: "message_id", value: "m-1" }],
      },
      "mail/m-1",
    );
    expect(error).toBeNull();
    expect(data?.id).toMatch(/^[0-9a-f-]{36}$/);
  });
  expect(added).toBe(1);
  const [sent] = await network.sink.until(1, isEvent("email.sent"));
  const [delivered] = await network.sink.until(1, isEvent("email.delivered"));
  const [mail] = await network.control.mails({ to: TO.toUpperCase() });
  expect(mail).toMatchObject({
    from: FROM,
    fromName: "Doe, Zoé",
    to: [TO],
    subject: "Prêt",
    text: "Bonjour",
    html: "<p>Bonjour</p>",
    headers: { "List-Unsubscribe": "<https://a.example/u>" },
    tags: { message_id: "m-1" },
    lastEvent: "delivered",
    idempotencyKey: "mail/m-1",
  });
  expect(network.sink.received.map(typeOf)).toEqual(["email.sent", "email.delivered"]);
  expect(sent?.headers["svix-id"]).not.toBe(delivered?.headers["svix-id"]);
  expect(delivered && verify(delivered)).toMatchObject({
    type: "email.delivered",
    data: {
      email_id: mail?.id,
      from: `Doe, Zoé <${FROM}>`,
      to: [TO],
      subject: "Prêt",
      tags: { message_id: "m-1" },
    },
  });
  const other = `whsec_${Buffer.from("another").toString("base64")}`;
  expect(() => delivered && verify(delivered, other)).toThrow();
  const { data: report } = await resend.emails.get(mail?.id ?? "");
  expect(report).toMatchObject({ object: "email", last_event: "delivered", to: [TO] });
});

test("the same key and payload give the same id and no second mail; another payload is refused", async () => {
  const added = await addedTo("mail", async () => {
    const first = await send({}, "mail/1");
    expect(await send({}, "mail/1")).toMatchObject({ data: first.data, error: null });
    expect((await send({ text: "Autre" }, "mail/1")).error).toMatchObject({
      name: "invalid_idempotent_request",
      statusCode: 409,
    });
    expect((await send({}, "mail/2")).data?.id).not.toBe(first.data?.id);
  });
  expect(added).toBe(2);
  expect(await network.control.mails()).toHaveLength(2);
  expect((await send({}, "k".repeat(257))).error).toMatchObject({
    name: "invalid_idempotency_key",
    statusCode: 400,
  });
});

test("a key whose first request is not answered yet is under way", async () => {
  await network.control.setSwitches(null, { slowMs: 300 });
  const first = send({}, "mail/slow");
  await network.sink.until(1, isEvent("email.delivered"));
  expect((await send({}, "mail/slow")).error).toMatchObject({
    name: "concurrent_idempotent_requests",
    statusCode: 409,
  });
  const { data } = await first;
  expect((await send({}, "mail/slow")).data).toEqual(data);
});

test("wrong keys, unverified domains and unusable payloads are refused by Resend's names", async () => {
  const stranger = new Resend("re_unknown", { baseUrl: network.url });
  const added = await addedTo("mail", async () => {
    expect((await send({}, undefined, stranger)).error).toMatchObject({
      name: "invalid_api_key",
      statusCode: 403,
    });
    const naked = await fetch(`${network.url}/emails`, { method: "POST", body: "{}" });
    expect([naked.status, (await naked.json()).name]).toEqual([401, "missing_api_key"]);
    expect((await send({ from: "a@elsewhere.example" })).error).toMatchObject({
      name: "validation_error",
      statusCode: 403,
      message: expect.stringContaining("elsewhere.example domain is not verified"),
    });
    for (const input of [{ to: "nobody" }, { from: "Librairie" }, { subject: "a\nb" }]) {
      const fault = { name: "validation_error", statusCode: 422 };
      expect((await send(input)).error, JSON.stringify(input)).toMatchObject(fault);
    }
    for (const input of [{ subject: undefined }, { to: undefined }, { text: undefined }]) {
      const fault = { name: "missing_required_field", statusCode: 422 };
      expect((await send(input)).error, JSON.stringify(input)).toMatchObject(fault);
    }
    expect((await send({ cc: TO })).error).toMatchObject({ statusCode: 422 });
    expect((await send({ tags: [{ name: "id", value: "é" }] })).error).toMatchObject({
      statusCode: 422,
    });
  });
  expect(added).toBe(0);
});

test("an account's domains are listed, and its mails are nobody else's", async () => {
  const other = new Resend("re_other", { baseUrl: network.url });
  await network.control.registerMailAccount({ apiKey: "re_other", domains: ["other.example"] });
  const { data } = await resend.domains.list();
  expect(data?.data).toMatchObject([{ name: "librairie.example", status: "verified" }]);
  const id = (await send()).data?.id ?? "";
  expect((await other.emails.get(id)).error).toMatchObject({ name: "not_found", statusCode: 404 });
  expect((await resend.emails.get("x")).error).toMatchObject({ statusCode: 422 });
  const shown = JSON.stringify(await network.control.state());
  expect(shown + (await network.control.ledger())).not.toContain(KEY);
  expect(shown + (await network.control.ledger())).not.toContain(SECRET);
});

test.each([
  ["acceptedResetPercent", "reset", null],
  ["acceptedErrorPercent", "500", 500],
  ["acceptedGarbagePercent", "garbage", null],
] as const)(
  "%s: the mail is taken, the caller cannot know, and a retry with the same key makes no second one",
  async (name, answer, statusCode) => {
    const added = await addedTo("mail", async () => {
      await network.control.setSwitches(null, { [name]: 100 });
      expect((await send({}, `mail/${name}`)).error).toMatchObject({ statusCode });
      expect((await network.control.mails())[0]?.answer).toBe(answer);
      await network.control.setSwitches(null, { [name]: 0 });
      expect((await send({}, `mail/${name}`)).error).toBeNull();
    });
    expect(added).toBe(1);
    const mails = await network.control.mails();
    expect(mails).toHaveLength(1);
    await network.sink.until(1, isEvent("email.delivered"));
    expect(network.sink.received).toHaveLength(2);
  },
);

test("accepted, then never answered: the mail lives on while the caller waits", async () => {
  await network.control.setSwitches(null, { acceptedHangPercent: 100 });
  const sending = send({}, "mail/hang");
  await network.sink.until(1, isEvent("email.delivered"));
  const [mail] = await network.control.mails();
  expect(mail?.answer).toBe("hang");
  await network.control.setSwitches(null, { acceptedHangPercent: 0 });
  expect((await send({}, "mail/hang")).data?.id).toBe(mail?.id);
  await network.control.closeListener(1);
  expect((await sending).error).toMatchObject({ name: "application_error", statusCode: null });
  const isOpen = () =>
    fetch(`${network.url}/control/state`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(isOpen).toBe(true);
});

test("429 and 500 take nothing, down answers nobody", async () => {
  await network.control.setSwitches(null, { throttlePercent: 100 });
  const throttled = await send();
  expect(throttled.error).toMatchObject({ name: "rate_limit_exceeded", statusCode: 429 });
  expect(throttled.headers?.["retry-after"]).toBe("1");
  await network.control.setSwitches(null, { throttlePercent: 0, errorPercent: 100 });
  expect((await send()).error).toMatchObject({ name: "internal_server_error", statusCode: 500 });
  await network.control.setSwitches(null, { errorPercent: 0, down: true });
  expect((await send()).error).toMatchObject({ name: "application_error", statusCode: null });
  await network.control.setSwitches(null, { down: false, concurrencyLimit: 1, slowMs: 200 });
  const outcomes = await Promise.all([send(), send(), send()]);
  const statuses = outcomes.map(({ error }) => error?.statusCode ?? 200);
  expect(statuses.sort()).toEqual([200, 429, 429]);
  expect(await network.control.mails()).toHaveLength(1);
});

test("events are doubled with one id, dropped, reordered, and told again until they are taken", async () => {
  await network.control.setSwitches(null, { doubledReceiptsPercent: 100 });
  await send();
  const copies = await network.sink.until(2, isEvent("email.delivered"));
  expect(new Set(copies.map((one) => one.headers["svix-id"])).size).toBe(1);
  expect(copies.map((one) => verify(one))).toHaveLength(2);

  await network.control.setSwitches(null, { doubledReceiptsPercent: 0 });
  await network.control.setSwitches(TO, { droppedReceiptsPercent: 100 });
  await send();
  await expect
    .poll(async () => (await network.control.mails({ to: TO }))[0]?.receipts)
    .toMatchObject([{ outcome: "dropped" }, { outcome: "dropped" }]);
  await network.control.calmDown(TO);

  network.sink.received.length = 0;
  await network.control.setSwitches(null, { reorderedReceipts: true });
  await send();
  await network.sink.until(2);
  expect(network.sink.received.map(typeOf)).toEqual(["email.delivered", "email.sent"]);

  await network.control.setSwitches(null, { reorderedReceipts: false });
  network.sink.received.length = 0;
  network.sink.answer = () => ({ status: network.sink.received.length < 3 ? 302 : 204 });
  await send();
  const tries = await network.sink.until(3, isEvent("email.sent"));
  expect(new Set(tries.map((one) => one.headers["svix-id"])).size).toBe(1);
  await network.sink.until(1, isEvent("email.delivered"));
});

test("test recipients and switches of an address decide what becomes of a mail", async () => {
  await send({ to: "bounced+label@resend.dev" });
  const [bounced] = await network.sink.until(1, isEvent("email.bounced"));
  expect(bounced && verify(bounced)).toMatchObject({ data: { bounce: { type: "Permanent" } } });
  expect(network.sink.received.some(isEvent("email.delivered"))).toBe(false);
  await send({ to: "complained@resend.dev" });
  await network.sink.until(1, isEvent("email.complained"));
  await network.control.setSwitches(TO, { failWith: 30003 });
  const id = (await send({ to: "Ana@clients.example" })).data?.id ?? "";
  await network.sink.until(2, isEvent("email.bounced"));
  expect((await resend.emails.get(id)).data?.last_event).toBe("bounced");
});

test("a person bounces, opens or reports a mail, and the app is told", async () => {
  const id = (await send()).data?.id ?? "";
  await network.sink.until(1, isEvent("email.delivered"));
  for (const type of ["opened", "complained", "bounced"] as const) {
    expect((await network.control.mailEvent(id, type)).lastEvent).toBe(type);
    await network.sink.until(1, isEvent(`email.${type}`));
  }
  await expect(network.control.mailEvent("x", "opened")).rejects.toMatchObject({ status: 404 });
});

test("one click posts what RFC 8058 asks for, and only where the mail offers it", async () => {
  const post = { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
  const link = `<mailto:u@librairie.example>, <${network.sink.url}/unsubscribe?t=1>`;
  const offered = await send({ headers: { "list-unsubscribe": link, ...post } });
  const answer = await network.control.unsubscribe(offered.data?.id ?? "");
  expect(answer).toEqual({ url: `${network.sink.url}/unsubscribe?t=1`, httpStatus: 200 });
  const [asked] = await network.sink.until(1, (one) => one.path === "/unsubscribe?t=1");
  expect(asked?.body).toBe("List-Unsubscribe=One-Click");
  expect(asked?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  expect((await network.control.mail(offered.data?.id ?? "")).unsubscribed?.httpStatus).toBe(200);
  const without = (await send({ headers: { "List-Unsubscribe": link } })).data?.id ?? "";
  await expect(network.control.unsubscribe(without)).rejects.toMatchObject({ status: 422 });
});

test("mails, accounts and keys survive a restart, and what was under way goes on", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "carillon-simulator-test-"));
  const first = await startSimulator({
    dataDir,
    mailAccounts: [account()],
    switches: { ...HASTE, sentAfterMs: 600_000 },
  });
  const sent = await send({}, "mail/kept", new Resend(KEY, { baseUrl: first.url }));
  await first.close();
  const second = await startSimulator({ dataDir, switches: HASTE });
  const client = new Resend(KEY, { baseUrl: second.url });
  await network.sink.until(1, isEvent("email.delivered"));
  expect((await send({}, "mail/kept", client)).data).toEqual(sent.data);
  const mails = await simulatorControl(second.url).mails();
  expect(mails).toMatchObject([{ id: sent.data?.id, lastEvent: "delivered", text: "Bonjour" }]);
  await second.close();
  await rm(dataDir, { recursive: true });
});

test("a reset empties the mailbox and leaves the account", async () => {
  await send({}, "mail/reset");
  await network.control.reset();
  expect(await network.control.mails()).toEqual([]);
  expect((await send({}, "mail/reset")).error).toBeNull();
  expect(await network.control.mails({ from: [FROM] })).toHaveLength(1);
  expect(await network.control.mails({ from: ["other@librairie.example"] })).toEqual([]);
});
