import twilio from "twilio";
import { expect, test } from "vitest";
import {
  ACCOUNT,
  openPhoneNetwork,
  PERSON,
  SMS_NUMBER,
  TOKEN,
  WHATSAPP_NUMBER,
} from "../support/phone-network";
import type { Received } from "../support/webhook-sink";

const network = openPhoneNetwork();
const fromPhone = { from: PERSON, to: SMS_NUMBER };
const fromWhatsapp = { from: `whatsapp:${PERSON}`, to: `whatsapp:${WHATSAPP_NUMBER}` };

function isSigned(one: Received, token = TOKEN) {
  const signature = String(one.headers["x-twilio-signature"]);
  return twilio.validateRequest(token, signature, network.sink.url + one.path, one.params);
}

test("an SMS is posted in Twilio's order with a signature that Twilio's own check accepts", async () => {
  const body = "Déjà payé 25 € & plus + 👋\nligne 2";
  const answer = await network.control.send({ ...fromPhone, body, wait: true });
  expect(answer.webhook).toMatchObject({ httpStatus: 200, tries: 1 });
  const [one] = network.sink.received;
  expect(one && isSigned(one)).toBe(true);
  expect(one && isSigned(one, "another")).toBe(false);
  expect(Object.keys(one?.params ?? {})).toEqual(
    "ToCountry ToState SmsMessageSid NumMedia ToCity FromZip SmsSid FromState SmsStatus FromCity Body FromCountry To ToZip NumSegments MessageSid AccountSid From ApiVersion".split(
      " ",
    ),
  );
  expect(one?.params).toMatchObject({
    AccountSid: ACCOUNT,
    From: PERSON,
    To: SMS_NUMBER,
    Body: body,
    FromCity: "",
    NumMedia: "0",
    MessageSid: answer.message.sid,
  });
  expect(one?.headers["i-twilio-idempotency-token"]).toBeTruthy();
});

test("a photo arrives as MMS whose file the app can fetch with the account's credentials", async () => {
  const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]);
  const media = await network.control.upload(bytes, "image/jpeg", "photo.jpg");
  await network.control.send({ ...fromPhone, media: [media], wait: true });
  const [one] = network.sink.received;
  expect(one && isSigned(one)).toBe(true);
  expect(one?.params).toMatchObject({ NumMedia: "1", MediaContentType0: "image/jpeg", Body: "" });
  const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString("base64")}`;
  const file = await fetch(String(one?.params.MediaUrl0), { headers: { authorization } });
  expect(file.redirected).toBe(true);
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
});

test("every WhatsApp kind carries its own fields, signed", async () => {
  const send = (input: object) =>
    network.control.send({ ...fromWhatsapp, profileName: "Zoé 🌿", wait: true, ...input });
  const place = { latitude: 48.8566, longitude: 2.3522, label: "Mairie", address: "Paris" };
  const voice = await network.control.upload(Uint8Array.of(1), "audio/ogg", null);
  const first = await send({ body: "Bonjour" });
  await send({ extra: { kind: "location", ...place } });
  await send({ body: "Oui", extra: { kind: "button", text: "Oui", payload: "yes" } });
  await send({ body: "Livre", extra: { kind: "list", id: "1", title: "Livre" } });
  await send({ media: [voice] });
  await send({ body: "voilà", repliesTo: first.message.sid });
  await send({ body: "sans numéro", from: "whatsapp:FR.1234567890123" });
  const got = network.sink.received.map((one) => one.params);
  expect(network.sink.received.every((one) => isSigned(one))).toBe(true);
  expect(got.map((one) => one.MessageType)).toEqual(
    "text location button interactive audio text text".split(" "),
  );
  expect(got[0]).toMatchObject({
    ProfileName: "Zoé 🌿",
    WaId: PERSON.slice(1),
    ...upper(fromWhatsapp),
  });
  expect(got[0]).not.toHaveProperty("FromCity");
  expect(got[1]).toMatchObject({ Latitude: "48.8566", Longitude: "2.3522", Label: "Mairie" });
  expect(got[2]).toMatchObject({ ButtonText: "Oui", ButtonPayload: "yes" });
  expect(got[3]).toMatchObject({ ListId: "1", ListTitle: "Livre" });
  expect(got[4]).toMatchObject({ NumMedia: "1", MediaContentType0: "audio/ogg" });
  expect(got[5]).toMatchObject({ OriginalRepliedMessageSid: first.message.sid });
  expect(got[6]).toMatchObject({ ExternalUserId: "whatsapp:FR.1234567890123" });
  expect(got[6]).not.toHaveProperty("WaId");
});

function upper({ from, to }: { from: string; to: string }) {
  return { From: from, To: to };
}

test("status callbacks are signed over their query and told in order, WhatsApp up to read", async () => {
  await network.control.send({ ...fromWhatsapp, body: "Bonjour", wait: true });
  await network.client.messages.create({
    to: fromWhatsapp.from,
    from: fromWhatsapp.to,
    body: "Oui",
    statusCallback: `${network.sink.url}/status?m=0199&a=1#rc=5&rp=all`,
  });
  const isStatus = (one: Received) => one.path.startsWith("/status");
  const told = await network.sink.until(3, isStatus);
  expect(told.map((one) => one.params.MessageStatus)).toEqual(["sent", "delivered", "read"]);
  expect(told.every((one) => one.path === "/status?m=0199&a=1" && isSigned(one))).toBe(true);
  expect(told[2]?.params).toMatchObject({ EventType: "READ", ChannelPrefix: "whatsapp" });
});

test("by default only a connection fault is tried again; the fragment asks for more", async () => {
  network.sink.answer = () => ({ status: 503 });
  const once = await network.control.send({ ...fromPhone, body: "un", wait: true });
  expect(once.webhook).toMatchObject({ httpStatus: 503, tries: 1 });
  let calls = 0;
  network.sink.answer = () => {
    calls += 1;
    return calls === 1 ? "reset" : { status: 200 };
  };
  const twice = await network.control.send({ ...fromPhone, body: "deux", wait: true });
  expect(twice.webhook).toMatchObject({ httpStatus: 200, tries: 2 });
  const retried = network.sink.received.filter((one) => one.params.Body === "deux");
  const tokens = retried.map((one) => one.headers["i-twilio-idempotency-token"]);
  expect(new Set(tokens).size).toBe(1);
});

test("with #rc=2&rp=5xx a webhook is tried three times, then the fallback is told why", async () => {
  const [number] = await network.client.incomingPhoneNumbers.list({ limit: 1 });
  const resource = network.client.incomingPhoneNumbers(String(number?.sid));
  const smsUrl = `${network.sink.url}/in#rc=2&rp=5xx`;
  await resource.update({ smsUrl, smsFallbackUrl: `${network.sink.url}/fallback` });
  network.sink.answer = (one) => ({ status: one.path === "/in" ? 500 : 200 });
  await network.control.send({ ...fromPhone, body: "x", wait: true });
  expect(network.sink.received.map((one) => one.path)).toEqual(["/in", "/in", "/in", "/fallback"]);
  const fallback = network.sink.received[3];
  expect(fallback?.params).toMatchObject({
    ErrorCode: "11200",
    ErrorUrl: `${network.sink.url}/in`,
  });
  expect(fallback && isSigned(fallback)).toBe(true);
  await resource.update({ smsUrl: "", smsFallbackUrl: "" });
});

test("STOP blocks the pair with 21610, is told to the app and answered by the network; START reopens", async () => {
  const create = () =>
    network.client.messages.create({ to: PERSON, from: SMS_NUMBER, body: "Promo" });
  await network.control.send({ ...fromPhone, body: "Stop merci", wait: true });
  await create();
  await network.control.send({ ...fromPhone, body: " stop ", wait: true });
  await expect(create()).rejects.toMatchObject({ status: 400, code: 21610 });
  expect(network.sink.received).toHaveLength(2);
  expect(network.sink.received[1]?.params).not.toHaveProperty("OptOutType");
  const other = await network.client.messages.create({
    to: "+33612345679",
    from: SMS_NUMBER,
    body: "x",
  });
  expect(other.status).toBe("queued");
  await network.control.send({ ...fromPhone, body: "START", wait: true });
  expect((await create()).status).toBe("queued");
});

test("with advanced opt-out ARRET blocks too and the webhook says OptOutType", async () => {
  const sid = `AC${"8".repeat(32)}`;
  await network.control.registerAccount({
    sid,
    token: "t",
    advancedOptOut: true,
    webhookUrl: `${network.sink.url}/advanced`,
    numbers: [{ number: "+33199001188" }],
  });
  await network.control.send({ from: PERSON, to: "+33199001188", body: "arrêt", wait: true });
  expect(network.sink.received[0]?.params.OptOutType).toBe("STOP");
});

test("outside the 24 h window a WhatsApp text is taken and ends undelivered with 63016", async () => {
  const create = (extra = {}) =>
    network.client.messages.create({
      to: fromWhatsapp.from,
      from: fromWhatsapp.to,
      body: "Bonjour",
      statusCallback: `${network.sink.url}/status`,
      ...extra,
    });
  const last = (status: string) => (one: Received) => one.params.MessageStatus === status;
  await create();
  const [refused] = await network.sink.until(1, last("undelivered"));
  expect(refused?.params.ErrorCode).toBe("63016");
  await network.control.send({ ...fromWhatsapp, body: "Bonjour" });
  await create();
  await network.sink.until(1, last("delivered"));
  const yesterday = new Date(Date.now() - 24 * 3_600_000 - 1000);
  await network.control.setWindow(fromWhatsapp.to, fromWhatsapp.from, yesterday);
  await create();
  await network.sink.until(2, last("undelivered"));
  await create({ body: undefined, contentSid: `HX${"4".repeat(32)}` });
  await network.sink.until(2, last("delivered"));
});

test("TwiML of the answer is sent to the phone as the app's reply", async () => {
  network.sink.answer = () => ({
    status: 200,
    body: "<Response><Message>C&apos;est noté &amp; merci</Message></Response>",
  });
  await network.control.send({ ...fromPhone, body: "x", wait: true });
  const { messages } = await network.control.thread(PERSON);
  expect(messages.map((m) => [m.direction, m.body])).toEqual([
    ["inbound", "x"],
    ["outbound-reply", "C'est noté & merci"],
  ]);
});

test("a text to a number that nobody has, or an empty one, is refused", async () => {
  const unknown = network.control.send({ from: PERSON, to: "+33199000000", body: "x" });
  await expect(unknown).rejects.toMatchObject({ status: 422, message: "unknown_number" });
  const empty = network.control.send({ ...fromPhone, body: "" });
  await expect(empty).rejects.toMatchObject({ status: 422, message: "empty" });
});
