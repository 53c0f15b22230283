import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { findAccountOfIntegration } from "../../db/queries/integrations";
import { integrations, oneTimeTokens } from "../../db/schema";
import { requestReset } from "../../lib/auth/request-reset";
import { resetPassword } from "../../lib/auth/reset-password";
import { readEnv, systemAccountsOf } from "../../lib/env";
import { createIntegration, type NewIntegration } from "../../lib/integrations/create-integration";
import { ensureSystemIntegration } from "../../lib/integrations/ensure-system-integration";
import { testIntegration } from "../../lib/integrations/test-integration";
import { updateIntegration } from "../../lib/integrations/update-integration";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { createSystemOwner } from "../support/administrator";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { openMailSender } from "../support/mail-sender";
import { findMessage } from "../support/outbox";
import { createUser } from "../support/workspace";

const database = openTestDatabase();
const SECRET = "whsec_YSBzZWNyZXQgb2YgdGhpcyB0ZXN0";

let deps: TestDeps;
let owner: Awaited<ReturnType<typeof createSystemOwner>>;
let domain: string;
beforeEach(async () => {
  deps = testDeps(database);
  owner = await createSystemOwner(deps);
  domain = `${owner.workspaceId}.example`;
});

const by = () => ({ ...owner.by, integrations: "all" as const, scopes: null });

function newSender(values: Partial<NewIntegration> = {}): NewIntegration {
  return {
    name: "Avis",
    type: "email",
    provider: "resend",
    accountId: null,
    apiKey: "re_key",
    phoneNumber: `Avis@${domain}`,
    fromName: "La Bibliothèque",
    webhookSecret: SECRET,
    messagingServiceSid: null,
    isActive: true,
    isDefault: false,
    defaultCountry: null,
    pacePerSecond: null,
    isVisibleToAll: true,
    viewerIds: [],
    ...values,
  };
}

async function connect(values: Partial<NewIntegration> = {}) {
  const outcome = await createIntegration(deps, by(), newSender(values));
  if (outcome.kind !== "created") throw new Error(JSON.stringify(outcome));
  const { workspaceId } = owner;
  const found = await findAccountOfIntegration(deps.db, { workspaceId, integrationId: outcome.id });
  if (!found) throw new Error("not there");
  return found;
}

async function faultsOf(values: Partial<NewIntegration>) {
  const outcome = await createIntegration(deps, by(), newSender(values));
  return outcome.kind === "invalid"
    ? outcome.faults.map(({ path, code }) => `${path} ${code}`)
    : outcome;
}

describe("connecting a sender of e-mails", () => {
  it("R401 keeps key and webhook secret sealed, and tells the account by its domain", async () => {
    const { account, integration } = await connect();
    expect(account).toMatchObject({ provider: "resend", sid: domain, apiOrigin: null });
    expect(deps.cipher.open(account.tokenSealed ?? "")).toBe("re_key");
    expect(deps.cipher.open(account.webhookSecretSealed ?? "")).toBe(SECRET);
    expect(integration).toMatchObject({
      sender: `avis@${domain}`,
      fromName: "La Bibliothèque",
      isDefault: true,
    });
  });

  it("R207 keeps a mail server's host, port and encryption; no user needs no password", async () => {
    const smtp = { host: "smtp.example.org", port: 465, security: "tls" } as const;
    const first = await connect({ provider: "smtp", accountId: "me@example.org", smtp });
    expect(first.account).toMatchObject({
      sid: "me@example.org@smtp.example.org",
      apiOrigin: "smtps://smtp.example.org:465",
    });
    const relay = { host: "relay.example.org", port: 25, security: "none" } as const;
    const open = await connect({
      provider: "smtp",
      apiKey: null,
      smtp: relay,
      phoneNumber: `relay@${domain}`,
    });
    expect(open.account).toMatchObject({ sid: "@relay.example.org", tokenSealed: null });
  });

  it("names everything that is wrong before anything is stored", async () => {
    expect(await faultsOf({ provider: "twilio" })).toEqual(["provider provider_type"]);
    expect(await faultsOf({ type: "sms" })).toContain("provider provider_type");
    expect(await faultsOf({ phoneNumber: "avis" })).toContain("phoneNumber from_invalid");
    expect(await faultsOf({ webhookSecret: "secret" })).toContain("webhookSecret webhook_secret");
    expect(await faultsOf({ apiKey: null })).toContain("apiKey token_needed");
    expect(await faultsOf({ provider: "smtp", apiKey: null })).toEqual([
      "smtp.host smtp_host",
      "smtp.port smtp_port",
      "smtp.security smtp_security",
    ]);
    const rows = await deps.db
      .select()
      .from(integrations)
      .where(eq(integrations.workspaceId, owner.workspaceId));
    expect(rows.filter(({ type }) => type === "email")).toEqual([]);
  });

  it("R104 is not done against what the provider says of key and domain", async () => {
    deps.mailer.connection = { ok: false, fault: "sender", message: "not verified" };
    expect((await createIntegration(deps, by(), newSender())).kind).toBe("refused");
    deps.mailer.connection = { ok: false, fault: "server", message: "private" };
    expect((await createIntegration(deps, by(), newSender())).kind).toBe("refused");
  });

  it("changes name, secret and address, but not the domain", async () => {
    const { integration, account } = await connect();
    const change = (changes: object) =>
      updateIntegration(deps, by(), { id: integration.id, changes });
    const other = "whsec_YW5vdGhlciBzZWNyZXQgb2YgaXQ=";
    expect(
      (await change({ fromName: null, webhookSecret: other, phoneNumber: `hi@${domain}` })).kind,
    ).toBe("updated");
    const { workspaceId } = owner;
    const now = await findAccountOfIntegration(deps.db, {
      workspaceId,
      integrationId: integration.id,
    });
    expect(now?.integration).toMatchObject({ sender: `hi@${domain}`, fromName: null });
    expect(deps.cipher.open(now?.account.webhookSecretSealed ?? "")).toBe(other);
    expect(now?.account.tokenSealed).toBe(account.tokenSealed);
    expect(await change({ phoneNumber: "hi@elsewhere.example" })).toMatchObject({
      kind: "invalid",
      faults: [{ path: "phoneNumber", code: "other_domain" }],
    });
  });

  it("R034 R104 is tested by a true mail", async () => {
    const { integration, account } = await connect();
    const test = (to: string | null) =>
      testIntegration(deps, by(), { id: integration.id, to, body: "Un essai" });
    expect((await test(null)).kind).toBe("checked");
    expect(await test("nobody")).toMatchObject({
      kind: "not_sent",
      refusal: { code: "invalid_email" },
    });
    const sent = await test("ada@example.test");
    if (sent.kind !== "sent") throw new Error(sent.kind);
    await dispatchAccount(deps, { accountId: account.id });
    expect((await findMessage(deps, sent.messageId)).status).toBe("accepted");
    expect(deps.mailer.sent[0]).toMatchObject({ subject: "Un essai", to: "ada@example.test" });
  });
});

describe("a sender of e-mails from the environment", () => {
  const SMTP = { SMTP_HOST: "smtp.example.org", SMTP_FROM_EMAIL: "Avis@Example.org" };

  it("R207 is Resend, a mail server or the console, as the variables say", () => {
    const of = (env: Record<string, string>) => systemAccountsOf(readEnv(env));
    expect(of({})).toEqual([]);
    expect(of(SMTP)).toMatchObject([
      {
        provider: "smtp",
        accountSid: "@smtp.example.org",
        apiOrigin: "smtp://smtp.example.org:587",
      },
    ]);
    expect(
      of({ ...SMTP, SMTP_PORT: "465", SMTP_USERNAME: "me", SMTP_PASSWORD: "x" }),
    ).toMatchObject([
      { accountSid: "me@smtp.example.org", apiOrigin: "smtps://smtp.example.org:465" },
    ]);
    const resend = { RESEND_API_KEY: "re_1", SMTP_FROM_EMAIL: "avis@example.org" };
    expect(of(resend)).toMatchObject([{ provider: "resend", accountSid: "example.org" }]);
    expect(of({ EMAIL_PROVIDER: "console" })).toMatchObject([{ provider: "console" }]);
  });

  it("says in one line which variable is missing", () => {
    expect(() => readEnv({ SMTP_HOST: "smtp.example.org" })).toThrow(/^SMTP_FROM_EMAIL: /);
    expect(() => readEnv({ EMAIL_PROVIDER: "resend" })).toThrow(/^RESEND_API_KEY: /);
    expect(() => readEnv({ ...SMTP, SMTP_PORT: "0" })).toThrow(/^SMTP_PORT: /);
  });

  it("exists once, however often the app starts", async () => {
    const [account] = systemAccountsOf(readEnv(SMTP));
    if (!account) throw new Error("no account");
    expect(await ensureSystemIntegration(deps, account)).toMatchObject({ kind: "ensured" });
    expect(await ensureSystemIntegration(deps, account)).toEqual({ kind: "ensured", created: 0 });
  });
});

describe("a forgotten password by mail", () => {
  const ask = (email: string) => requestReset(deps, { email, address: null });

  it("is replaced by a link that only the mail holds", async () => {
    const mailer = await openMailSender(deps);
    const user = await createUser(deps, mailer.workspace.workspaceId, "agent");
    expect(await ask(` ${user.email.toUpperCase()} `)).toEqual({ kind: "asked" });
    await dispatchAccount(deps, { accountId: mailer.account.id });
    const [sent] = deps.mailer.sent;
    expect(sent).toMatchObject({ to: user.email, subject: "Choisissez un nouveau mot de passe" });
    const token = /\/reset\/(\S+)/.exec(sent?.text ?? "")?.[1] ?? "";
    const message = await findMessage(deps, sent?.messageId ?? "");
    expect(message).toMatchObject({ lane: "interactive", status: "accepted" });
    expect(JSON.stringify([message, deps.lines])).not.toContain(token);
    const reset = { token, password: "une phrase assez longue" };
    expect(await resetPassword(deps, reset)).toEqual({ kind: "done", email: user.email });
    expect((await resetPassword(deps, reset)).kind).toBe("invalid_link");
  });

  it("answers the same where nobody has the address, or nobody sends e-mail", async () => {
    const alone = await createUser(deps, owner.workspaceId, "agent");
    expect(await ask("nobody@example.test")).toEqual({ kind: "asked" });
    expect(await ask(alone.email)).toEqual({ kind: "asked" });
    expect(await ask("nobody")).toEqual({ kind: "invalid_email" });
    const links = await deps.db
      .select()
      .from(oneTimeTokens)
      .where(eq(oneTimeTokens.userId, alone.id));
    expect(links).toEqual([]);
  });

  it("does not flood a mailbox", async () => {
    const mailer = await openMailSender(deps);
    const user = await createUser(deps, mailer.workspace.workspaceId, "agent");
    for (let n = 0; n < 3; n++) expect(await ask(user.email)).toEqual({ kind: "asked" });
    expect(await ask(user.email)).toMatchObject({ kind: "throttled" });
  });
});
