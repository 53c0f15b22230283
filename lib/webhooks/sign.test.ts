import { createHmac, randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { signWebhook, writeWebhookSecret } from "./sign";

const AT = new Date("2026-11-27T12:00:00.900Z");
const ID = "0199d3f0-0000-7000-8000-000000000001";
const BODY = '{"type":"message.received","data":{"body":"Été 🎉"}}';
const [CURRENT, PREVIOUS] = [
  writeWebhookSecret(randomBytes(32)),
  writeWebhookSecret(randomBytes(24)),
];
const webhook = { id: ID, at: AT, body: BODY, secrets: [CURRENT] };

describe("signWebhook", () => {
  beforeEach(() => vi.useFakeTimers({ now: AT }));
  afterEach(() => void vi.useRealTimers());

  it("R234 signs as HMAC-SHA256 of id, seconds and body says", () => {
    const key = Buffer.from(CURRENT.slice("whsec_".length), "base64");
    const mac = createHmac("sha256", key).update(`${ID}.1795780800.${BODY}`).digest("base64");
    expect(signWebhook(webhook)).toEqual({
      "webhook-id": ID,
      "webhook-timestamp": "1795780800",
      "webhook-signature": `v1,${mac}`,
    });
  });

  it("gives the signature that the libraries of Standard Webhooks are tested with", () => {
    const headers = signWebhook({
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      at: new Date(1_614_265_330_000),
      body: '{"test": 2432232314}',
      secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    });
    expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("is verified with any of the secrets during a rotation, and with no other", () => {
    const headers = signWebhook({ ...webhook, secrets: [CURRENT, PREVIOUS] });
    expect(headers["webhook-signature"].split(" ")).toHaveLength(2);
    for (const secret of [CURRENT, PREVIOUS]) {
      expect(new Webhook(secret).verify(BODY, headers)).toEqual(JSON.parse(BODY));
    }
    const other = new Webhook(writeWebhookSecret(randomBytes(32)));
    expect(() => other.verify(BODY, headers)).toThrow("No matching signature");
  });

  it.each([
    ["body", `${BODY} `, {}],
    ["id", BODY, { "webhook-id": "0199d3f0-0000-7000-8000-000000000002" }],
    ["time", BODY, { "webhook-timestamp": "1795780801" }],
  ])("does not hold for another %s", (_, body, changed) => {
    const headers = { ...signWebhook(webhook), ...changed };
    expect(() => new Webhook(CURRENT).verify(body, headers)).toThrow("No matching signature");
  });

  it("refuses what would be signed with nothing, or could be read in two ways", () => {
    expect(() => signWebhook({ ...webhook, secrets: [] })).toThrow("one secret");
    expect(() => signWebhook({ ...webhook, secrets: ["whsec_"] })).toThrow("empty");
    expect(() => signWebhook({ ...webhook, id: "a.1" })).toThrow("full stop");
    expect(() => signWebhook({ ...webhook, id: "" })).toThrow("full stop");
  });
});

describe("writeWebhookSecret", () => {
  it("writes 24 to 64 bytes and no other number", () => {
    expect(writeWebhookSecret(new Uint8Array(24))).toBe(`whsec_${"A".repeat(32)}`);
    expect(() => writeWebhookSecret(new Uint8Array(23))).toThrow("24 to 64");
    expect(() => writeWebhookSecret(new Uint8Array(65))).toThrow("24 to 64");
  });
});
