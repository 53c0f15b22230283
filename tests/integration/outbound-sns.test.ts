import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findAccountBySid } from "../../db/queries/integrations";
import { attempts } from "../../db/schema";
import type { Administrator } from "../../lib/domain/viewer";
import { readEnv, systemAccountsOf } from "../../lib/env";
import { createIntegration as connect } from "../../lib/integrations/create-integration";
import { ensureSystemIntegration } from "../../lib/integrations/ensure-system-integration";
import { askForReceipts } from "../../lib/outbound/ask-for-receipts";
import { reconcileUnconfirmed } from "../../lib/outbound/reconcile-unconfirmed";
import type { ProviderAccount, SmsRequest } from "../../lib/ports/sms";
import { createSmsProviders } from "../../lib/providers/sms";
import { createSnsProvider } from "../../lib/providers/sms/aws-sns";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { enqueueIn, openOutbox } from "../support/outbox";
import { openPhoneNetwork, PERSON } from "../support/phone-network";

const KEY = `AKIA${"0".repeat(16)}`;
const SECRET = "a-secret-of-this-test";
const SENDER = "Carillon";

const network = openPhoneNetwork();
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

beforeAll(async () => {
  await network.control.registerAccount({
    sid: KEY,
    token: SECRET,
    numbers: [{ number: SENDER }, { number: "+33199000811" }],
  });
});

const accountAt = (apiOrigin: string | null, token = SECRET): ProviderAccount => ({
  id: `${apiOrigin} ${token}`,
  provider: "aws_sns",
  sid: KEY,
  token,
  apiOrigin,
});

const request: SmsRequest = {
  channel: "sms",
  from: SENDER,
  messagingServiceSid: null,
  to: PERSON,
  body: "Bonjour ç & <b> 👋",
  mediaUrls: [],
  template: null,
  statusCallback: "https://carillon.test/s",
  validitySeconds: null,
};

const sns = createSnsProvider({ createTimeoutMs: 400 });
const send = (values: Partial<SmsRequest> = {}, account = accountAt(network.url)) =>
  sns.send(account, { ...request, ...values });
const received = () => network.control.messages({ to: PERSON });

describe("AWS's own SDK at the network", () => {
  it("R205 hands a text over once, with its signs and its sender, and says that it is the last word", async () => {
    const outcome = await send();
    expect(outcome).toMatchObject({ kind: "accepted", segments: null, isLastWord: true });
    const messages = await received();
    expect(messages).toMatchObject([{ from: SENDER, to: PERSON, body: request.body }]);
    expect(await send({ from: "+33199000811" })).toMatchObject({ kind: "accepted" });
  });

  it("R205 tells wrong keys, opted-out people, bad numbers and throttling apart", async () => {
    const wrong = accountAt(network.url, "another secret");
    expect(await send({}, wrong)).toMatchObject({
      kind: "rejected",
      fault: "configuration",
      code: "sns_credentials",
      httpStatus: 403,
    });
    expect(await send({ to: "+1" })).toMatchObject({ fault: "permanent", code: "sns_invalid" });
    await network.control.setSwitches(PERSON, { refuseWith: 21610 });
    expect(await send()).toMatchObject({ fault: "permanent", code: "sns_opted_out" });
    await network.control.setSwitches(PERSON, { refuseWith: null, throttlePercent: 100 });
    expect(await send()).toMatchObject({ kind: "retry", isThrottle: true });
    expect(await received()).toEqual([]);
  });

  it("does not repeat what may have left, and does not know what became of it", async () => {
    for (const fault of [
      "acceptedErrorPercent",
      "acceptedResetPercent",
      "acceptedHangPercent",
    ] as const) {
      await network.control.reset();
      await network.control.setSwitches(PERSON, { [fault]: 100 });
      expect((await send()).kind, fault).toBe("unknown");
      expect(await received(), fault).toHaveLength(1);
    }
    await network.control.setSwitches(PERSON, { acceptedHangPercent: 0, errorPercent: 100 });
    expect((await send()).kind).toBe("unknown");
  });

  it("knows that nothing left where nobody listens", async () => {
    const server = createTcpServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const outcome = await send({}, accountAt(`http://127.0.0.1:${port}`));
    expect(outcome.kind).toBe("unreachable");
  });

  it("takes a provider's garbage for what it is", async () => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => {
        const page = "<html>maintenance</html>";
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${page.length}\r\n\r\n${page}`);
      });
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    expect((await send({}, accountAt(`http://127.0.0.1:${port}`))).kind).toBe("unknown");
  });

  it("refuses files, which SNS cannot carry, before anything leaves", async () => {
    const outcome = await send({ mediaUrls: ["https://carillon.test/m/x"] });
    expect(outcome).toMatchObject({ fault: "permanent", code: "sns_no_media" });
  });

  it("R104 tests a connection without sending", async () => {
    expect(await sns.testConnection(accountAt(network.url), SENDER, "sms")).toMatchObject({
      ok: true,
    });
    const wrong = await sns.testConnection(accountAt(network.url, "wrong"), SENDER, "sms");
    expect(wrong).toMatchObject({ ok: false, fault: "credentials" });
    const away = await sns.testConnection(accountAt("http://127.0.0.1:1"), SENDER, "sms");
    expect(away).toMatchObject({ ok: false, fault: "unreachable" });
  });

  it("goes to AWS_ENDPOINT_URL_SNS instead of the region's own origin", async () => {
    const elsewhere = createSnsProvider({ snsEndpoint: network.url, createTimeoutMs: 2000 });
    const account = accountAt("https://sns.eu-west-3.amazonaws.com");
    expect(await elsewhere.send(account, request)).toMatchObject({ kind: "accepted" });
  });
});

describe("the outbox with AWS SNS", () => {
  const database = openTestDatabase();
  let deps: TestDeps;
  let outbox: Awaited<ReturnType<typeof openOutbox>>;

  beforeEach(async () => {
    deps = testDeps(database);
    outbox = await openOutbox(deps);
    await deps.sql`
      update accounts set provider = 'aws_sns', api_origin = 'https://sns.eu-west-3.amazonaws.com'
      where id = ${outbox.workspace.account.id}`;
    deps.provider.answer = () => ({ kind: "unknown", reason: "reset", httpStatus: null });
  });

  async function sendUnknown(isCritical: boolean) {
    const { id } = await outbox.enqueue("Votre alerte", { isCritical });
    await outbox.dispatch();
    expect((await outbox.row(id)).status).toBe("unconfirmed");
    deps.clock.advance(31_000);
    return id;
  }

  it("R205 ends with `sent`, and asks for no receipt that never comes", async () => {
    deps.provider.answer = () => {
      return { kind: "accepted", providerId: "mid-1", segments: null, isLastWord: true };
    };
    const { id } = await outbox.enqueue("Bonjour");
    await outbox.dispatch();
    const row = await outbox.row(id);
    expect([row.status, row.sentAt]).toEqual(["sent", deps.clock.now()]);
    const [attempt] = await deps.db.select().from(attempts);
    expect(attempt).toMatchObject({ outcome: "accepted", status: "sent", lookAt: null });
    deps.clock.advance(3_600_000);
    expect((await askForReceipts(deps)).asked).toBe(0);
  });

  it("R205 gives up what may have arrived, says so, and sends it again only when a person asks", async () => {
    const id = await sendUnknown(false);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ givenUp: 1, requeued: 0 });
    expect(await outbox.row(id)).toMatchObject({
      status: "failed",
      statusReason: "may_have_arrived",
      attempt: 1,
    });
    expect(await outbox.events(id)).toContain("given_up");
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(1);
  });

  it("refuses files at the door, with words", async () => {
    const { workspaceId } = outbox.workspace;
    const id = deps.chance.uuid();
    await deps.sql`
      insert into media (id, workspace_id, direction, status, content_type, size, position, created_at)
      values (${id}, ${workspaceId}, 'out', 'stored', 'image/png', 10, 0, ${deps.clock.now()})`;
    const conversationId = outbox.conversation.id;
    const given = { workspaceId, conversationId, body: "Photo", mediaIds: [id] };
    expect(await enqueueIn(deps, given)).toMatchObject({ code: "media_not_supported" });
  });

  it("R205 sends what is critical again, three times at the most", async () => {
    const id = await sendUnknown(true);
    expect(await reconcileUnconfirmed(deps)).toMatchObject({ givenUp: 0, requeued: 1 });
    for (let n = 0; n < 4; n += 1) {
      await outbox.dispatch();
      deps.clock.advance(31_000);
      await reconcileUnconfirmed(deps);
    }
    expect(deps.provider.sent).toHaveLength(3);
    expect(await outbox.row(id)).toMatchObject({ status: "failed", attempt: 3 });
  });
});

describe("connecting AWS SNS", () => {
  const database = openTestDatabase();
  const input = {
    name: "AWS",
    type: "sms" as "sms" | "whatsapp",
    provider: "aws_sns" as const,
    accountId: KEY as string | null,
    apiKey: SECRET as string | null,
    region: "eu-west-3" as string | null,
    phoneNumber: SENDER,
    messagingServiceSid: null,
    isActive: true,
    isDefault: false,
    defaultCountry: null,
    pacePerSecond: null,
    isVisibleToAll: true,
    viewerIds: [],
  };

  async function open() {
    const deps = {
      ...testDeps(database),
      sms: createSmsProviders({
        log: testDeps(database).log,
        twilioApiUrl: null,
        snsEndpoint: network.url,
        fetchFile: async () => ({ ok: false, isFinal: true, reason: "none" }),
        uuid: () => "0199",
      }),
    };
    const { workspace } = await openOutbox(testDeps(database));
    const { workspaceId } = workspace;
    const by: Administrator = { workspaceId, actor: { kind: "system" }, role: "owner" };
    return { deps, by, workspaceId };
  }

  it("R205 R404 keeps the key sealed, at its region's origin, after AWS has answered", async () => {
    const { deps, by, workspaceId } = await open();
    const refused = await connect(deps, by, { ...input, apiKey: "wrong" });
    expect(refused).toMatchObject({ kind: "refused", check: { fault: "credentials" } });
    const made = await connect(deps, by, input);
    expect(made).toMatchObject({ kind: "created", check: { ok: true } });
    const sid = KEY;
    const account = await findAccountBySid(deps.db, { workspaceId, provider: "aws_sns", sid });
    expect(account?.apiOrigin).toBe("https://sns.eu-west-3.amazonaws.com");
    expect(account?.tokenSealed).not.toContain(SECRET);
    const other = await open();
    expect((await connect(other.deps, other.by, input)).kind).toBe("sender_taken");
  });

  it("names what AWS cannot take, field by field", async () => {
    const { deps, by } = await open();
    const outcome = await connect(deps, by, {
      ...input,
      accountId: "AC1",
      apiKey: null,
      region: "Paris",
      phoneNumber: "36111",
    });
    const faults = outcome.kind === "invalid" ? outcome.faults.map(({ code }) => code) : [];
    expect(faults).toEqual(expect.arrayContaining(["token_needed", "access_key", "region"]));
    const whatsapp = await connect(deps, by, {
      ...input,
      type: "whatsapp",
      phoneNumber: "+33199000811",
    });
    expect(whatsapp).toMatchObject({ kind: "invalid", faults: [{ code: "provider_type" }] });
    const short = await connect(deps, by, { ...input, phoneNumber: "36111" });
    expect(short).toMatchObject({ kind: "invalid", faults: [{ code: "sns_sender" }] });
  });

  it("R205 R207 is the system integration where the environment says so", async () => {
    const env = {
      SMS_PROVIDER: "aws_sns",
      AWS_ACCESS_KEY_ID: `AKIA${"1".repeat(16)}`,
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_REGION: "eu-west-3",
    };
    expect(() => readEnv(env)).toThrow(/^AWS_SNS_SENDER: /);
    const [credentials] = systemAccountsOf(readEnv({ ...env, AWS_SNS_SENDER: SENDER }));
    expect(credentials).toMatchObject({
      provider: "aws_sns",
      apiOrigin: "https://sns.eu-west-3.amazonaws.com",
      phoneNumber: SENDER,
    });
    const deps = testDeps(database);
    if (!credentials) throw new Error("no credentials");
    expect(await ensureSystemIntegration(deps, credentials)).toMatchObject({ kind: "ensured" });
    expect(await ensureSystemIntegration(deps, credentials)).toEqual({
      kind: "ensured",
      created: 0,
    });
  });
});
