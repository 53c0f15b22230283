import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerEmailEvent } from "../../app/api/webhooks/resend/[integrationId]/door";
import { accounts } from "../../db/schema";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { reconcileUnconfirmed } from "../../lib/outbound/reconcile-unconfirmed";
import { createEmailProviders } from "../../lib/providers/email";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { MAIL_DOMAIN, openMailSender } from "../support/mail-sender";
import { findMessage } from "../support/outbox";
import { openPhoneNetwork } from "../support/phone-network";
import type { Received } from "../support/webhook-sink";

const database = openTestDatabase();
const network = openPhoneNetwork();
const SECRET = `whsec_${Buffer.from("a secret of this test's webhooks").toString("base64")}`;
const TO = "ada@example.test";

let deps: TestDeps;
let mailer: Awaited<ReturnType<typeof openMailSender>>;
let email: TestDeps["email"];

beforeAll(() => {
  email = createEmailProviders({
    log: testDeps(database).log,
    resendBaseUrl: null,
    checkHost: async () => ({ ok: true, addresses: null }),
    createTimeoutMs: 500,
  });
});

beforeEach(async () => {
  deps = { ...testDeps(database), email };
  mailer = await openMailSender(deps);
  await setAccount({ apiOrigin: network.url, webhookSecretSealed: deps.cipher.seal(SECRET) });
  await network.control.registerMailAccount({
    apiKey: "re_test",
    domains: [MAIL_DOMAIN],
    webhookSecret: SECRET,
    webhookUrl: `${network.sink.url}/mail`,
  });
});

function setAccount(values: Partial<typeof accounts.$inferInsert>) {
  return deps.db.update(accounts).set(values).where(eq(accounts.id, mailer.account.id));
}

const dispatch = () => dispatchAccount(deps, { accountId: mailer.account.id });
const mailbox = () => network.control.mails({ to: TO });
const statusOf = async (id: string) => (await findMessage(deps, id)).status;

/** Hands an event to our door as it came. */
function deliver(one: Received, values: { body?: string; integrationId?: string } = {}) {
  const headers = Object.fromEntries(
    Object.entries(one.headers).map(([name, value]) => [name, String(value)]),
  );
  return answerEmailEvent(deps, values.integrationId ?? mailer.sender.id, {
    method: "POST",
    url: "/api/webhooks/resend/x",
    headers,
    body: Buffer.from(values.body ?? one.body),
    remoteAddress: null,
  });
}

const eventsOf = (type: string) => (one: Received) => one.body.includes(`"email.${type}"`);

describe("e-mail by Resend's own SDK", () => {
  it("R201 arrives once, and its signed events make it delivered", async () => {
    const id = await mailer.store({ to: TO });
    await dispatch();
    expect(await mailbox()).toMatchObject([
      {
        fromName: "La Bibliothèque",
        subject: "Votre livre",
        idempotencyKey: `message/${id}/1`,
      },
    ]);
    const [delivered] = await network.sink.until(1, eventsOf("delivered"));
    if (!delivered) throw new Error("no event");
    expect((await deliver(delivered)).status).toBe(204);
    expect((await deliver(delivered)).status).toBe(204);
    expect(await statusOf(id)).toBe("delivered");
  });

  it("refuses events that are forged, changed, somebody else's or none", async () => {
    const id = await mailer.store({ to: TO });
    await dispatch();
    const [event] = await network.sink.until(1, eventsOf("delivered"));
    if (!event) throw new Error("no event");
    const other = await openMailSender(deps);
    expect(
      (await deliver(event, { body: event.body.replace("delivered", "bounced") })).status,
    ).toBe(403);
    expect((await deliver({ ...event, headers: {} })).status).toBe(403);
    expect((await deliver(event, { integrationId: other.sender.id })).status).toBe(404);
    expect((await deliver(event, { integrationId: "x" })).status).toBe(404);
    expect((await deliver(event, { body: "x".repeat(300_000) })).status).toBe(413);
    expect(await statusOf(id)).toBe("accepted");
  });

  for (const fault of ["acceptedResetPercent", "acceptedHangPercent"] as const) {
    it(`is in the mailbox once although its answer was lost (${fault})`, async () => {
      await network.control.setSwitches(null, { [fault]: 100 });
      const id = await mailer.store({ to: TO });
      await dispatch();
      expect(await statusOf(id)).toBe("unconfirmed");
      expect(await mailbox()).toHaveLength(1);
      await network.control.setSwitches(null, { [fault]: 0 });
      deps.clock.advance(31_000);
      await reconcileUnconfirmed(deps);
      await dispatch();
      expect(await findMessage(deps, id)).toMatchObject({ status: "accepted", attempt: 2 });
      expect(await mailbox()).toHaveLength(1);
    });
  }

  it("waits where nobody listens, and is not lost", async () => {
    await setAccount({ apiOrigin: "http://127.0.0.1:1" });
    const id = await mailer.store({ to: TO });
    await dispatch();
    expect(await findMessage(deps, id)).toMatchObject({
      status: "queued",
      statusReason: "unreachable",
    });
    await setAccount({ apiOrigin: network.url });
    deps.clock.advance(60_000);
    await dispatch();
    expect(await statusOf(id)).toBe("accepted");
  });

  it("stops the account over a key that is not good, and says so to its admins", async () => {
    await setAccount({ tokenSealed: deps.cipher.seal("re_wrong") });
    const id = await mailer.store({ to: TO });
    await dispatch();
    expect(await findMessage(deps, id)).toMatchObject({
      status: "paused",
      statusReason: "account_stopped",
      errorCode: "email_key",
    });
  });
});
