import type { AddressInfo } from "node:net";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { ProviderAccount, SentQuery, SmsRequest } from "../../lib/ports/sms";
import { createTwilioProvider } from "../../lib/providers/sms/twilio";
import {
  ACCOUNT,
  openPhoneNetwork,
  PERSON,
  POOL_NUMBER,
  SERVICE,
  SMS_NUMBER,
  TOKEN,
  WHATSAPP_NUMBER,
} from "../support/phone-network";

const network = openPhoneNetwork();

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

/** A server that does with each connection as the test says; its origin. */
async function wire(onRequest: (socket: Socket, text: string) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (data) => onRequest(socket, data.toString()));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function http(status: string, body: string, headers: string[] = []) {
  const lines = [`HTTP/1.1 ${status}`, `content-length: ${Buffer.byteLength(body)}`];
  return [...lines, "connection: close", ...headers, "", body].join("\r\n");
}

const answering = (status: string, body: string, headers: string[] = []) =>
  wire((socket) => void socket.end(http(status, body, headers)));

const account: ProviderAccount = {
  id: "account",
  provider: "twilio",
  sid: ACCOUNT,
  token: TOKEN,
  apiOrigin: null,
};

const request: SmsRequest = {
  channel: "sms",
  from: SMS_NUMBER,
  messagingServiceSid: null,
  to: PERSON,
  body: "Bonjour",
  mediaUrls: [],
  template: null,
  statusCallback: "http://127.0.0.1:1/api/webhooks/twilio/status?m=1&a=1",
  validitySeconds: null,
};

function provider(twilioApiUrl: string | null, createTimeoutMs?: number) {
  const fetchFile = async () => {
    throw new Error("no file is fetched here");
  };
  return createTwilioProvider({
    twilioApiUrl,
    fetchFile,
    ...(createTimeoutMs !== undefined && { createTimeoutMs }),
  });
}

const send = (origin: string, values: Partial<SmsRequest> = {}, timeoutMs?: number) =>
  provider(origin, timeoutMs).send(account, { ...request, ...values });

describe("the twilio provider, by Twilio's own SDK", () => {
  it("R408 creates a message at the account's own origin and reads its id and segments", async () => {
    const outcome = await provider(null).send(
      { ...account, apiOrigin: network.url },
      { ...request, body: "é".repeat(161) },
    );
    const [stored] = await network.control.messages();
    expect(outcome).toEqual({ kind: "accepted", providerId: stored?.sid, segments: 2 });
    expect(stored).toMatchObject({ to: PERSON, from: SMS_NUMBER });
  });

  it.each([
    ["sms", SMS_NUMBER, true],
    ["sms", WHATSAPP_NUMBER, false],
    ["whatsapp", WHATSAPP_NUMBER, true],
    ["whatsapp", SMS_NUMBER, false],
    ["whatsapp", "+14155238886", true],
    ["sms", "+14155238886", false],
  ] as const)(
    "R104 R315 a sender of %s is looked for where Twilio lists it: %s",
    async (channel, sender, ok) => {
      const test = await provider(network.url).testConnection(account, sender, channel);
      expect(test).toMatchObject(ok ? { ok, accountName: "Librairie" } : { ok, fault: "sender" });
    },
  );

  it("R104 credentials are asked about also where the sender is the sandbox's", async () => {
    const wrong = { ...account, token: "wrong" };
    const test = await provider(network.url).testConnection(wrong, "+14155238886", "whatsapp");
    expect(test).toMatchObject({ ok: false, fault: "credentials" });
  });

  it("TWILIO_API_URL overrides the account's origin", async () => {
    const elsewhere = { ...account, apiOrigin: "http://127.0.0.1:1" };
    expect((await provider(network.url).send(elsewhere, request)).kind).toBe("accepted");
  });

  it("gives service, sender, files, callback and validity as the reference names them", async () => {
    let text = "";
    const origin = await wire((socket, data) => {
      text += data;
      socket.end(http("201 Created", JSON.stringify({ sid: "SM1", num_segments: "0" })));
    });
    const outcome = await send(origin, {
      channel: "whatsapp",
      messagingServiceSid: SERVICE,
      from: POOL_NUMBER,
      body: "",
      mediaUrls: ["https://carillon.test/m/1", "https://carillon.test/m/2"],
      statusCallback: "https://carillon.test/status?m=1&a=2#rc=5&rp=all",
      validitySeconds: 60,
    });
    expect(outcome).toEqual({ kind: "accepted", providerId: "SM1", segments: null });
    const form = new URLSearchParams(text.split("\r\n\r\n")[1]);
    expect([...form]).toEqual(
      expect.arrayContaining([
        ["To", `whatsapp:${PERSON}`],
        ["From", `whatsapp:${POOL_NUMBER}`],
        ["MessagingServiceSid", SERVICE],
        ["MediaUrl", "https://carillon.test/m/1"],
        ["MediaUrl", "https://carillon.test/m/2"],
        ["StatusCallback", "https://carillon.test/status?m=1&a=2#rc=5&rp=all"],
        ["ValidityPeriod", "60"],
      ]),
    );
    expect(form.has("Body")).toBe(false);
    expect(text).toContain(`Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString("base64")}`);
  });

  it("R412 a refusal keeps Twilio's code and words, and wrong credentials are a configuration fault", async () => {
    expect(await send(network.url, { to: "+3361234" })).toMatchObject({
      kind: "rejected",
      fault: "permanent",
      code: "21211",
      httpStatus: 400,
    });
    const stranger = { ...account, token: "wrong" };
    expect(await provider(network.url).send(stranger, request)).toMatchObject({
      kind: "rejected",
      fault: "configuration",
      code: "20003",
      httpStatus: 401,
    });
    expect(await network.control.messages()).toEqual([]);
  });

  it("429 is a throttle with its Retry-After; a transient 4xx is a retry", async () => {
    const body = JSON.stringify({ code: 20429, message: "Too many", status: 429 });
    const busy = await answering("429 Too Many Requests", body, ["retry-after: 7"]);
    expect(await send(busy)).toEqual({
      kind: "retry",
      isThrottle: true,
      code: "20429",
      message: "Too many",
      retryAfter: 7,
    });
    const full = JSON.stringify({ code: 21611, message: "Queue", status: 400 });
    expect(await send(await answering("400 Bad Request", full))).toMatchObject({
      kind: "retry",
      isThrottle: false,
      code: "21611",
    });
  });

  it.each([
    ["an HTML page with 502", "502 Bad Gateway", "<html>"],
    ["a 500 with a code", "500 Internal", '{"code":20500,"message":"Oops"}'],
    ["a 503", "503 Unavailable", ""],
    ["a 408", "408 Timeout", ""],
    ["a redirect", "307 Temporary Redirect", ""],
    ["a 201 that is no JSON", "201 Created", "{garbled"],
    ["a 201 without an id", "201 Created", "{}"],
  ])("%s may have been sent: unknown", async (_name, status, body) => {
    expect((await send(await answering(status, body))).kind).toBe("unknown");
  });

  it("a connection that ends after the request went out is unknown, and is not tried again", async () => {
    let requests = 0;
    const reset = await wire((socket) => {
      requests += 1;
      socket.resetAndDestroy();
    });
    expect((await send(reset)).kind).toBe("unknown");
    const cut = await wire((socket) => {
      requests += 1;
      socket.end('HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{"sid":"SM1"');
    });
    expect((await send(cut)).kind).toBe("unknown");
    expect(requests).toBe(2);
  });

  it("an answer that does not come in time is unknown", async () => {
    const sockets: Socket[] = [];
    const mute = await wire((socket) => void sockets.push(socket));
    const outcome = await send(mute, {}, 50);
    expect(outcome).toMatchObject({ kind: "unknown", httpStatus: null });
    expect(JSON.stringify(outcome)).toContain("ETIMEDOUT");
    for (const socket of sockets) socket.destroy();
  });

  it("a name that does not resolve, a closed port and a failed TLS handshake were never sent", async () => {
    expect((await send("http://no-such-host.invalid")).kind).toBe("unreachable");
    const origin = await wire(() => undefined);
    await new Promise((done) => servers.pop()?.close(done));
    expect((await send(origin)).kind).toBe("unreachable");
    const plain = await wire((socket) => void socket.end("this is no TLS\r\n"));
    expect((await send(plain.replace("http:", "https:"))).kind).toBe("unreachable");
  });

  it.each([
    ["reset", { acceptedResetPercent: 100 }],
    ["hung", { acceptedHangPercent: 100 }],
    ["answered with 500", { acceptedErrorPercent: 100 }],
    ["answered with what is no JSON", { acceptedGarbagePercent: 100 }],
  ])(
    "a create that is taken, then %s: the network has it and we cannot know",
    async (_n, wrong) => {
      await network.control.setSwitches(null, wrong);
      expect((await send(network.url, {}, 3000)).kind).toBe("unknown");
      expect(await network.control.messages()).toHaveLength(1);
    },
  );

  it("names its callback to a stand-in on this machine, plain http and loopback too", async () => {
    const asked: URLSearchParams[] = [];
    const origin = await wire((socket, data) => {
      asked.push(new URLSearchParams(data.split("\r\n\r\n")[1]));
      socket.end(http("201 Created", JSON.stringify({ sid: "SM1" })));
    });
    for (const statusCallback of ["http://127.0.0.1:3000/s", "http://carillon.lan/s"]) {
      await send(origin, { statusCallback });
    }
    expect(asked.map((form) => form.get("StatusCallback"))).toEqual([
      "http://127.0.0.1:3000/s",
      "http://carillon.lan/s",
    ]);
  });

  it("a hundred creates at once of two accounts all go out, none waits for a connection", async () => {
    const waiting: Socket[] = [];
    const origin = await wire((socket) => {
      waiting.push(socket);
      if (waiting.length < 100) return;
      for (const one of waiting) one.end(http("201 Created", JSON.stringify({ sid: "SM1" })));
    });
    const twilio = provider(origin);
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        twilio.send({ ...account, id: n % 2 === 0 ? "a" : "b" }, request),
      ),
    );
    expect(outcomes.every((outcome) => outcome.kind === "accepted")).toBe(true);
  });
});

describe("the provider's own list", () => {
  const since = new Date(Date.now() - 60_000);
  const list = (values: Partial<SentQuery> = {}) =>
    provider(network.url).listSent(account, {
      channel: "sms",
      from: SMS_NUMBER,
      to: PERSON,
      since,
      ...values,
    });

  it("has what was taken although its answer never came", async () => {
    await network.control.setSwitches(null, { receipts: false, acceptedResetPercent: 100 });
    expect((await send(network.url, { body: "Bonjour à tous" })).kind).toBe("unknown");
    const [stored] = await network.control.messages();
    const listed = await list();
    expect(listed).toMatchObject({
      ok: true,
      messages: [{ providerId: stored?.sid, body: "Bonjour à tous", mediaCount: 0 }],
    });
    if (!listed.ok) throw new Error("not listed");
    expect(Math.abs((listed.messages[0]?.createdAt ?? 0) - Date.now())).toBeLessThan(60_000);
    const report = await provider(network.url).fetchReport(account, stored?.sid ?? "");
    expect(report).toMatchObject({ ok: true, report: { errorCode: null } });
  });

  it("is read over its pages, back to the moment asked for, and holds no inbound texts", async () => {
    await network.control.setSwitches(null, { receipts: false });
    const bodies = Array.from({ length: 120 }, (_, n) => `text ${n}`);
    for (const body of bodies) await send(network.url, { body });
    const listed = await list();
    if (!listed.ok) throw new Error("not listed");
    expect(listed.messages.map((one) => one.body).toSorted()).toEqual(bodies.toSorted());
    expect(await list({ since: new Date(Date.now() + 60_000) })).toEqual({
      ok: true,
      messages: [],
    });
    expect(await list({ channel: "whatsapp" })).toEqual({ ok: true, messages: [] });
  });

  it("that is not answered says nothing, and why", async () => {
    const origin = await answering("503 Service Unavailable", "busy");
    const query = { channel: "sms", from: SMS_NUMBER, to: PERSON, since } as const;
    expect(await provider(origin).listSent(account, query)).toMatchObject({ ok: false });
    expect(await provider(origin).fetchReport(account, "SM1")).toMatchObject({ ok: false });
  });
});

describe("the provider's list of prices", () => {
  const range = () => {
    const now = Date.now();
    return { from: new Date(now - 3_600_000), until: new Date(now + 3_600_000) };
  };
  const isSent = (m: { params: Record<string, string | undefined> }) =>
    m.params.MessageStatus === "delivered";

  it("R032 R117 holds what was billed as positive amounts, and nothing for what has no price yet", async () => {
    const statusCallback = `${network.sink.url}/status?m=1`;
    await send(network.url, { body: "un", statusCallback });
    await network.sink.until(1, isSent);
    const [stored] = await network.control.messages();
    const query = { ...range(), page: null };
    expect(await provider(network.url).listPrices(account, query)).toEqual({
      ok: true,
      prices: [{ providerId: stored?.sid, price: { amount: 0.0075, currency: "USD" } }],
      nextPage: null,
    });
    await network.control.setSwitches(null, { pricedAfterMs: 3_600_000 });
    expect(await provider(network.url).listPrices(account, query)).toMatchObject({
      prices: [{ providerId: stored?.sid, price: null }],
    });
  });

  it("R032 is read page by page, each message once", async () => {
    await network.control.setSwitches(null, { receipts: false });
    const total = 1010;
    const bodies = Array.from({ length: total }, (_, n) => `text ${n}`);
    await Promise.all(bodies.map((body) => send(network.url, { body })));
    await expect
      .poll(async () => {
        const sent = await network.control.messages();
        return sent.every(({ status }) => status === "delivered");
      })
      .toBe(true);
    const ids = new Set<string>();
    let page: string | null = null;
    let pages = 0;
    do {
      const list = await provider(network.url).listPrices(account, { ...range(), page });
      if (!list.ok) throw new Error(list.reason);
      for (const { providerId } of list.prices) ids.add(providerId);
      page = list.nextPage;
      pages += 1;
    } while (page !== null);
    expect([ids.size, pages]).toEqual([total, 2]);
  });

  it("that is not answered says so", async () => {
    const origin = await answering("503 Service Unavailable", "busy");
    const query = { ...range(), page: null };
    expect(await provider(origin).listPrices(account, query)).toMatchObject({ ok: false });
  });
});
