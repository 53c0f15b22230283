import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accounts, auditLog } from "../../db/schema";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import { type Simulator, startSimulator } from "../../lib/embedded/simulator/server";
import { readWebhook, setWebhook } from "../../lib/integrations/set-webhook";
import { createSmsProviders } from "../../lib/providers/sms";
import { createSystemOwner } from "../support/administrator";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { createIntegration } from "../support/workspace";

/** The real SDK against the simulator: where received texts go is read and set at the provider. */
const database = openTestDatabase();
const SERVICE = `MG${"3c".repeat(16)}`;
const EXPECTED = {
  url: "https://carillon.test/api/webhooks/twilio#rc=5&rp=all",
  fallbackUrl: "https://carillon.test/inbox/webhooks/sms#rc=5&rp=all",
};
let network: Simulator;
let deps: TestDeps;
let owner: Awaited<ReturnType<typeof createSystemOwner>>;

beforeAll(async () => {
  network = await startSimulator();
});

afterAll(() => network.close());

beforeEach(async () => {
  const scripted = testDeps(database);
  const sms = createSmsProviders({
    log: scripted.log,
    twilioApiUrl: network.url,
    fetchFile: () => Promise.reject(new Error("nothing is fetched here")),
    uuid: scripted.chance.uuid,
  });
  deps = { ...scripted, sms };
  owner = await createSystemOwner(deps);
  const { sid, token } = owner.account;
  const sender = owner.integration.sender;
  await simulatorControl(network.url).registerAccount({
    sid,
    token,
    webhookUrl: null,
    numbers: [{ number: sender }, { number: "+33199000777", type: "whatsapp" }],
    services: [{ sid: SERVICE, numbers: [sender] }],
  });
});

async function senderOf(values: Parameters<typeof createIntegration>[2]) {
  return (await createIntegration(deps, owner, values)).id;
}

describe("where received texts go", () => {
  it.each([
    ["a phone number", async () => owner.integration.id],
    ["a WhatsApp sender", () => senderOf({ type: "whatsapp", sender: `+33199000777` })],
    ["a Messaging Service", () => senderOf({ sender: "36105", messagingServiceSid: SERVICE })],
  ])("R405 of %s: read, and set with retries and a second address", async (_, find) => {
    const id = await find();
    expect(await readWebhook(deps, owner.by, { id })).toMatchObject({
      kind: "answered",
      answer: { ok: true, urls: { url: null, fallbackUrl: null } },
    });
    const outcome = { kind: "answered", answer: { ok: true, urls: EXPECTED }, expected: EXPECTED };
    expect(await setWebhook(deps, owner.by, { id })).toEqual(outcome);
    expect(await readWebhook(deps, owner.by, { id })).toEqual(outcome);
    const log = await deps.db.select().from(auditLog).where(eq(auditLog.targetId, id));
    expect(log.map(({ action }) => action)).toContain("integration.webhook_set");
    await deps.db.delete(auditLog);
  });

  it("of a name or a short code can only be set by hand", async () => {
    const id = await senderOf({ sender: "Carillon" });
    expect(await setWebhook(deps, owner.by, { id })).toMatchObject({
      answer: { ok: false, fault: "not_settable" },
    });
  });

  it("of a sandbox, which is no sender of the account, neither; a foreign number is named", async () => {
    const sandbox = await senderOf({ type: "whatsapp", sender: "+33199000778" });
    expect(await setWebhook(deps, owner.by, { id: sandbox })).toMatchObject({
      answer: { ok: false, fault: "not_settable" },
    });
    const foreign = await senderOf({ sender: "+33199000779" });
    expect(await setWebhook(deps, owner.by, { id: foreign })).toMatchObject({
      answer: { ok: false, fault: "sender" },
    });
  });

  it("is not read with refused or missing credentials, nor by another workspace", async () => {
    const { id } = owner.integration;
    const stranger = await createSystemOwner(deps);
    expect(await setWebhook(deps, stranger.by, { id })).toEqual({ kind: "not_found" });
    const change = (tokenSealed: string | null) =>
      deps.db.update(accounts).set({ tokenSealed }).where(eq(accounts.id, owner.account.id));
    await change(deps.cipher.seal("a wrong token"));
    expect(await readWebhook(deps, owner.by, { id })).toMatchObject({
      answer: { ok: false, fault: "credentials" },
    });
    await change(null);
    expect(await readWebhook(deps, owner.by, { id })).toEqual({ kind: "no_credentials" });
  });
});
