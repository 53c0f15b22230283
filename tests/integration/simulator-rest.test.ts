import { expect, test } from "vitest";
import {
  OTHER_ACCOUNT,
  openPhoneNetwork,
  PERSON,
  POOL_NUMBER,
  SERVICE,
  SMS_NUMBER,
  twilioClient,
  WHATSAPP_NUMBER,
} from "../support/phone-network";

const network = openPhoneNetwork();
const status = (m: string) => (one: { params: Record<string, string> }) =>
  one.params.MessageStatus === m;

test("Twilio's SDK creates, fetches and finds a message delivered, with Twilio's types", async () => {
  const statusCallback = `${network.sink.url}/status?m=1`;
  const created = await network.client.messages.create({
    to: PERSON,
    from: SMS_NUMBER,
    body: "Bonjour ç 👋",
    statusCallback,
  });
  expect(created).toMatchObject({
    status: "queued",
    direction: "outbound-api",
    numSegments: "1",
    numMedia: "0",
    price: null,
    errorCode: null,
    dateSent: null,
    body: "Bonjour ç 👋",
  });
  expect(created.sid).toMatch(/^SM[0-9a-f]{32}$/);
  expect(created.dateCreated).toBeInstanceOf(Date);
  await network.sink.until(1, status("delivered"));
  const fetched = await network.client.messages(created.sid).fetch();
  expect(fetched.status).toBe("delivered");
  expect(Number(fetched.price)).toBeLessThan(0);
  expect(fetched.dateSent).toBeInstanceOf(Date);
});

test("every check of a create answers with Twilio's own code", async () => {
  const good = { to: PERSON, from: SMS_NUMBER, body: "x" };
  const cases: [number, Record<string, unknown>][] = [
    [21211, { ...good, to: "0612345678" }],
    [21211, { ...good, to: "33612345678" }],
    [21602, { ...good, body: "" }],
    [21603, { to: PERSON, body: "x" }],
    [21606, { ...good, from: "+33199009999" }],
    [21212, { ...good, from: "pas un numéro" }],
    [21266, { ...good, to: SMS_NUMBER }],
    [21617, { ...good, body: "x".repeat(1601) }],
    [21620, { ...good, mediaUrl: ["ftp://example.test/a.png"] }],
    [21623, { ...good, mediaUrl: Array.from({ length: 11 }, () => "https://example.test/a.png") }],
    [21609, { ...good, statusCallback: "https://under_score.test/x" }],
    [21624, { ...good, validityPeriod: 36_001 }],
    [21654, { ...good, contentVariables: "{}" }],
    [
      21656,
      { to: PERSON, from: SMS_NUMBER, contentSid: `HX${"1".repeat(32)}`, contentVariables: "[" },
    ],
    [21701, { to: PERSON, messagingServiceSid: `MG${"0".repeat(32)}`, body: "x" }],
    [21910, { ...good, to: `whatsapp:${PERSON}` }],
    [63007, { ...good, to: `whatsapp:${PERSON}`, from: `whatsapp:${SMS_NUMBER}` }],
    [35118, { ...good, scheduleType: "fixed", sendAt: new Date(Date.now() + 3_600_000) }],
    [35111, { to: PERSON, messagingServiceSid: SERVICE, body: "x", scheduleType: "fixed" }],
  ];
  for (const [code, input] of cases) {
    const error = await network.client.messages.create(input as typeof good).catch((e) => e);
    expect(error, JSON.stringify(input)).toMatchObject({ status: 400, code });
    expect(error.moreInfo).toBe(`https://www.twilio.com/docs/errors/${code}`);
  }
  expect(await network.control.messages()).toEqual([]);
});

test("a message without To is refused with 21604, an unreadable form never crashes the network", async () => {
  const post = (body: string) =>
    fetch(`${network.url}/2010-04-01/Accounts/${network.client.accountSid}/Messages.json`, {
      method: "POST",
      headers: { authorization: `Basic ${basic(network.client)}` },
      body,
    });
  expect(await (await post("From=%2B33199001122&Body=x")).json()).toMatchObject({ code: 21604 });
  expect((await post("%%%=%ZZ&&&=")).status).toBe(400);
  expect((await post("x".repeat(1_100_000))).status).toBe(400);
});

function basic(client: { username?: string; password?: string }) {
  return Buffer.from(`${client.username}:${client.password}`).toString("base64");
}

test("wrong credentials, an unknown account and another account's message are 401 and 404", async () => {
  const message = await network.client.messages.create({ to: PERSON, from: SMS_NUMBER, body: "x" });
  const wrong = twilioClient(network.url, network.client.accountSid, "wrong");
  await expect(wrong.messages.list({ limit: 1 })).rejects.toMatchObject({
    status: 401,
    code: 20003,
  });
  const unknown = twilioClient(network.url, `AC${"0".repeat(32)}`, "x");
  await expect(unknown.messages.list({ limit: 1 })).rejects.toMatchObject({ status: 401 });
  const other = twilioClient(network.url, OTHER_ACCOUNT, "another-token");
  await expect(other.messages(message.sid).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
  expect(await other.messages.list({ limit: 10 })).toEqual([]);
});

test("the list is newest first, filtered and paged by Twilio's own links", async () => {
  for (let n = 1; n <= 7; n += 1) {
    await network.client.messages.create({
      to: n % 2 ? PERSON : "+33612345679",
      from: SMS_NUMBER,
      body: `n${n}`,
    });
  }
  const all = await network.client.messages.list({ pageSize: 3, limit: 20 });
  expect(all.map((m) => m.body)).toEqual(["n7", "n6", "n5", "n4", "n3", "n2", "n1"]);
  const mine = await network.client.messages.list({ to: PERSON, pageSize: 2, limit: 20 });
  expect(mine.map((m) => m.body)).toEqual(["n7", "n5", "n3", "n1"]);
  const none = await network.client.messages.list({ from: "+33199009999", limit: 5 });
  expect(none).toEqual([]);
  const page = await network.client.messages.page({ pageSize: 5 });
  expect(page.instances).toHaveLength(5);
  const next = await page.nextPage();
  expect(next?.instances.map((m) => m.body)).toEqual(["n2", "n1"]);
});

test("DateSent filters know day and time, and leave out what has not been sent", async () => {
  await network.control.setSwitches(null, { sentAfterMs: 3_600_000 });
  await network.client.messages.create({ to: PERSON, from: SMS_NUMBER, body: "waiting" });
  await network.control.setSwitches(null, { sentAfterMs: 0 });
  const statusCallback = `${network.sink.url}/status`;
  await network.client.messages.create({
    to: PERSON,
    from: SMS_NUMBER,
    body: "gone",
    statusCallback,
  });
  await network.sink.until(1, status("sent"));
  const hour = 3_600_000;
  const since = new Date(Date.now() - hour);
  const recent = await network.client.messages.list({ dateSentAfter: since, limit: 9 });
  expect(recent.map((m) => m.body)).toEqual(["gone"]);
  expect(await network.client.messages.list({ dateSentBefore: since, limit: 9 })).toEqual([]);
  const future = new Date(Date.now() + hour);
  expect(await network.client.messages.list({ dateSentAfter: future, limit: 9 })).toEqual([]);
});

test("a Messaging Service accepts first and chooses its sender afterwards", async () => {
  const created = await network.client.messages.create({
    to: PERSON,
    messagingServiceSid: SERVICE,
    body: "Bonjour",
    statusCallback: `${network.sink.url}/status`,
  });
  expect(created).toMatchObject({ status: "accepted", from: null, numSegments: "0" });
  const told = await network.sink.until(3);
  expect(told.map((one) => one.params.MessageStatus)).toEqual(["queued", "sent", "delivered"]);
  expect(told[0]?.params).toMatchObject({ From: POOL_NUMBER, MessagingServiceSid: SERVICE });
});

test("a scheduled message can be cancelled, a sent one redacted and deleted", async () => {
  const scheduled = await network.client.messages.create({
    to: PERSON,
    messagingServiceSid: SERVICE,
    body: "demain",
    scheduleType: "fixed",
    sendAt: new Date(Date.now() + 3_600_000),
  });
  expect(scheduled.status).toBe("scheduled");
  const { messages } = network.client;
  const canceled = await messages(scheduled.sid).update({ status: "canceled" });
  expect(canceled.status).toBe("canceled");
  const statusCallback = `${network.sink.url}/status`;
  const { sid } = await messages.create({
    to: PERSON,
    from: SMS_NUMBER,
    body: "secret",
    statusCallback,
  });
  const sent = messages(sid);
  await expect(sent.update({ status: "canceled" })).rejects.toMatchObject({ code: 30409 });
  await network.sink.until(1, status("delivered"));
  expect((await sent.update({ body: "" })).body).toBe("");
  expect(await sent.remove()).toBe(true);
  await expect(sent.fetch()).rejects.toMatchObject({ code: 20404 });
});

test("a message under way cannot be deleted", async () => {
  await network.control.setSwitches(null, { sentAfterMs: 3_600_000 });
  const message = await network.client.messages.create({ to: PERSON, from: SMS_NUMBER, body: "x" });
  await expect(network.client.messages(message.sid).remove()).rejects.toMatchObject({
    code: 20009,
  });
});

test("account and numbers are shown, and a number's webhook can be set", async () => {
  const account = await network.client.api.v2010.accounts(network.client.accountSid).fetch();
  expect(account).toMatchObject({ friendlyName: "Librairie", status: "active", type: "Full" });
  const numbers = await network.client.incomingPhoneNumbers.list({ limit: 20 });
  expect(numbers.map((n) => n.phoneNumber)).toEqual([SMS_NUMBER, POOL_NUMBER]);
  const first = network.client.incomingPhoneNumbers(String(numbers[0]?.sid));
  const smsUrl = `${network.sink.url}/elsewhere#rc=5&rp=all`;
  const updated = await first.update({ smsUrl, smsFallbackUrl: `${network.sink.url}/fallback` });
  expect(updated.smsUrl).toBe(smsUrl);
  await network.control.send({ from: PERSON, to: SMS_NUMBER, body: "x", wait: true });
  expect(network.sink.received.map((one) => one.path)).toEqual(["/elsewhere"]);
  await first.update({ smsUrl: `${network.sink.url}/in`, smsFallbackUrl: "" });
});

test("outbound media are fetched by the network and listed; bytes answer 307", async () => {
  const bytes = Buffer.from("89504e470d0a1a0a", "hex");
  network.sink.files.set("/m/photo.png?token=1", { type: "image/png", bytes });
  const sent = await network.client.messages.create({
    to: PERSON,
    from: SMS_NUMBER,
    mediaUrl: [`${network.sink.url}/m/photo.png?token=1`],
    statusCallback: `${network.sink.url}/status`,
  });
  expect(sent.sid).toMatch(/^MM/);
  expect(sent.numMedia).toBe("1");
  await network.sink.until(1, status("delivered"));
  const [media] = await network.client.messages(sent.sid).media.list({ limit: 5 });
  expect(media?.contentType).toBe("image/png");
  const path = media?.uri.replace(".json", "");
  const headers = { authorization: `Basic ${basic(network.client)}` };
  const redirect = await fetch(`${network.url}${path}`, { headers, redirect: "manual" });
  expect(redirect.status).toBe(307);
  const file = await fetch(String(redirect.headers.get("location")));
  expect(file.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
  expect((await fetch(`${network.url}${path}`, { redirect: "manual" })).status).toBe(401);
});

test("media that cannot be fetched fail the message: 11200 on SMS, 63019 on WhatsApp", async () => {
  await network.control.send({
    from: `whatsapp:${PERSON}`,
    to: `whatsapp:${WHATSAPP_NUMBER}`,
    body: "hi",
  });
  const mediaUrl = [`${network.sink.url}/m/none.png`];
  const statusCallback = `${network.sink.url}/status`;
  await network.client.messages.create({ to: PERSON, from: SMS_NUMBER, mediaUrl, statusCallback });
  await network.client.messages.create({
    to: `whatsapp:${PERSON}`,
    from: `whatsapp:${WHATSAPP_NUMBER}`,
    mediaUrl,
    statusCallback,
  });
  const told = await network.sink.until(2, status("failed"));
  expect(told.map((one) => one.params.ErrorCode).sort()).toEqual(["11200", "63019"]);
});
