import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { EmailRequest } from "../../lib/ports/email";
import type { ProviderAccount } from "../../lib/ports/sms";
import { createEmailProviders } from "../../lib/providers/email";
import { hostileMail, mail } from "../support/mail";

const servers: Server[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

type Asked = { method: string; path: string; headers: IncomingHttpHeaders; body: unknown };
type Answer = (response: ServerResponse, asked: Asked) => void;

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(JSON.stringify(body));
const fault = (statusCode: number, name: string, message: string) =>
  json(statusCode, { statusCode, name, message });

/** A server in Resend's place that answers everything alike. */
async function openResend(answer: Answer) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const { method = "", url: path = "", headers } = request;
    const one = { method, path, headers, body: text === "" ? null : JSON.parse(text) };
    asked.push(one);
    answer(response, one);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { asked, port, url: `http://127.0.0.1:${port}` };
}

const accountAt = (apiOrigin: string, token = "re_a_key_of_this_test"): ProviderAccount => ({
  id: apiOrigin,
  provider: "resend",
  sid: "example.com",
  token,
  apiOrigin,
});

const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

const adapters = (resendBaseUrl: string | null = null) =>
  createEmailProviders({
    log,
    resendBaseUrl,
    checkHost: async () => ({ ok: true, addresses: null }),
    createTimeoutMs: 300,
  });
const resend = adapters()("resend");
const send = (apiOrigin: string, values: Partial<EmailRequest> = {}) =>
  resend.send(accountAt(apiOrigin), { ...mail, ...values });

it("there is an adapter for Resend, for mail servers and for the log, and for nothing else", () => {
  for (const provider of ["resend", "smtp", "console"] as const) adapters()(provider);
  expect(() => adapters()("twilio")).toThrow("twilio sends no e-mail here");
  expect(() => adapters()("aws_sns")).toThrow("aws_sns sends no e-mail here");
});

describe("Resend's own SDK", () => {
  it("hands a mail over once, with its key, its tag and all that it says", async () => {
    vi.stubEnv("RESEND_API_KEY", "re_of_the_environment");
    vi.stubEnv("RESEND_BASE_URL", "http://127.0.0.1:9");
    const server = await openResend(json(200, { id: "em_1" }));
    const outcome = await send(`${server.url}/`);
    expect(outcome).toEqual({ kind: "accepted", providerId: "em_1", segments: null });
    expect(server.asked).toMatchObject([
      {
        method: "POST",
        path: "/emails",
        headers: {
          authorization: "Bearer re_a_key_of_this_test",
          "idempotency-key": mail.idempotencyKey,
        },
        body: {
          from: '"L’été, Carillon" <hello@example.com>',
          to: mail.to,
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          headers: mail.headers,
          tags: [{ name: "message", value: mail.messageId }],
        },
      },
    ]);
  });

  it("goes where RESEND_BASE_URL says, before every account's own address", async () => {
    const server = await openResend(json(200, { id: "em_1" }));
    const account = accountAt("http://127.0.0.1:9");
    expect(await adapters(server.url)("resend").send(account, mail)).toMatchObject({
      kind: "accepted",
    });
  });

  it("is given texts that cannot begin a header or an address", async () => {
    const server = await openResend(json(200, { id: "em_1" }));
    expect((await send(server.url, hostileMail)).kind).toBe("accepted");
    const body = server.asked[0]?.body as Record<"from" | "subject" | "headers", unknown>;
    const heads = JSON.stringify([body.from, body.subject, body.headers]);
    expect(heads).not.toMatch(/\\[rn]/);
    expect(body.from).toMatch(/^"A\\" <b@example\.net>, .*" <hello@example\.com>$/);
    expect(await send(server.url, { to: "a@example.org, b@example.org" })).toMatchObject({
      code: "email_recipient",
    });
    expect(server.asked).toHaveLength(1);
  });

  it.each<[string, Answer, object]>([
    ["a wrong key", fault(401, "validation_error", "API key is invalid"), { code: "email_key" }],
    ["a quota", fault(429, "daily_quota_exceeded", "used up"), { code: "email_quota" }],
    [
      "a domain",
      fault(403, "validation_error", "The example.com domain is not verified."),
      { fault: "configuration", code: "email_sender" },
    ],
    [
      "a recipient",
      fault(422, "validation_error", "Invalid `to` field."),
      { fault: "permanent", code: "email_recipient" },
    ],
    [
      "a rate limit",
      json(429, { name: "rate_limit_exceeded", message: "slow" }, { "retry-after": "2" }),
      { kind: "retry", isThrottle: true, retryAfter: 2 },
    ],
    ["no id", json(200, {}), { kind: "unknown" }],
    ["a fault of its own", fault(500, "application_error", "oh"), { kind: "unknown" }],
    ["a used key", fault(409, "invalid_idempotent_request", "other"), { kind: "unknown" }],
    ["a key in use", fault(409, "concurrent_idempotent_requests", "on"), { kind: "unknown" }],
    ["a page", (response) => response.writeHead(403).end("<html>"), { kind: "unknown" }],
    ["garbage", (response) => response.end("<html>"), { kind: "unknown" }],
    ["null", json(200, null), { kind: "unknown" }],
    ["a torn connection", (response) => void response.destroy(), { kind: "unknown" }],
    ["silence", () => undefined, { kind: "unknown" }],
  ])("that answers with %s is understood", async (_, answer, expected) => {
    const server = await openResend(answer);
    expect(await send(server.url)).toMatchObject(expected);
    expect(server.asked).toHaveLength(1);
  });

  it("knows that nothing left where nobody listens and where there is no TLS", async () => {
    const server = await openResend(json(200, { id: "em_1" }));
    expect((await send(server.url.replace("http:", "https:"))).kind).toBe("unreachable");
    expect(server.asked).toEqual([]);
    const gone = servers.pop();
    await new Promise((done) => gone?.close(done));
    expect((await send(server.url)).kind).toBe("unreachable");
  });

  it("does not look for a key in the environment where the account has none", async () => {
    vi.stubEnv("RESEND_API_KEY", "re_of_the_environment");
    const server = await openResend(json(200, { id: "em_1" }));
    const outcome = await resend.send(accountAt(server.url, ""), mail);
    expect(outcome).toMatchObject({ fault: "configuration", code: "email_key" });
    expect(server.asked).toEqual([]);
  });
});

describe("what has become of a mail", () => {
  it.each([
    ["delivered", { status: "delivered", errorCode: null, errorMessage: null }],
    ["opened", { status: "read", errorCode: null, errorMessage: null }],
    ["queued", { status: null, errorCode: null, errorMessage: null }],
    ["bounced", { status: "undelivered", errorCode: "email_bounced", errorMessage: "bounced" }],
  ])("is told by its last event, %s", async (last_event, report) => {
    const server = await openResend(json(200, { id: "em_1", last_event }));
    expect(await resend.fetchReport(accountAt(server.url), "em_1")).toEqual({ ok: true, report });
    expect(server.asked).toMatchObject([{ method: "GET", path: "/emails/em_1" }]);
  });

  it("is not told by anything else", async () => {
    const faults: Answer[] = [
      fault(404, "not_found", "Email not found"),
      json(200, {}),
      () => undefined,
    ];
    for (const answer of faults) {
      const server = await openResend(answer);
      expect(await resend.fetchReport(accountAt(server.url), "../domains")).toMatchObject({
        ok: false,
      });
    }
  });
});

describe("R104 a test of the account", () => {
  const domain = (name: string, status = "verified") => ({ id: `id of ${name}`, name, status });
  const test = async (answer: Answer, from: string | null = mail.from) =>
    resend.testConnection(accountAt((await openResend(answer)).url), from);
  const listing = (...data: object[]) => json(200, { object: "list", data, has_more: false });

  it("finds the domain of the sender, on whatever page it is", async () => {
    const pages: Answer = (response, asked) => {
      const isSecond = asked.path.includes("after=");
      const data = [domain(isSecond ? "example.com" : "a.test")];
      json(200, { object: "list", data, has_more: !isSecond })(response, asked);
    };
    const good = { ok: true, accountName: "example.com", senders: ["a.test", "example.com"] };
    expect(await test(pages)).toEqual(good);
    expect(await test(listing(domain("example.com")), null)).toMatchObject({ ok: true });
    expect(await test(listing(), "onboarding@resend.dev")).toMatchObject({ ok: true });
  });

  it("names a domain that is missing or not verified, and those that are there", async () => {
    expect(await test(listing(domain("a.test"), domain("b.test", "failed")))).toEqual({
      ok: false,
      fault: "sender",
      message:
        "example.com is not among the domains of this Resend account; verified there: a.test",
    });
    expect(await test(listing(domain("example.com", "pending")))).toEqual({
      ok: false,
      fault: "sender",
      message:
        "example.com is not verified yet (pending) at this Resend account; none is verified there",
    });
  });

  it("tells a wrong key from one that may only send, and both from silence", async () => {
    const wrong = fault(400, "validation_error", "API key is invalid");
    expect(await test(wrong)).toMatchObject({ ok: false, fault: "credentials" });
    const restricted = fault(401, "restricted_api_key", "restricted to only send emails");
    expect(await test(restricted)).toMatchObject({ ok: true, senders: null });
    expect(await test(() => undefined)).toMatchObject({ ok: false, fault: "unreachable" });
    expect(await test(fault(500, "application_error", "oh"))).toMatchObject({
      ok: false,
      fault: "unexpected",
    });
  });
});
