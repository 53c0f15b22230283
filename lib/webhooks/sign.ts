import { Webhook } from "standardwebhooks";

export type SignableWebhook = {
  /** The event's, the same for all attempts: receivers know a repetition by it. Without full stops. */
  id: string;
  /** When this attempt is made. */
  at: Date;
  /** As it is sent, to the byte. */
  body: string;
  /** `whsec_` + base64: the current one and, while it is being rotated, those before it. */
  secrets: readonly string[];
};

export type SignatureHeaders = Record<
  "webhook-id" | "webhook-timestamp" | "webhook-signature",
  string
>;

/**
 * The three headers of Standard Webhooks: id, Unix seconds, and for each secret
 * `v1,base64(HMAC-SHA256(secret, id.timestamp.body))`, parted by spaces, so that a receiver that knows
 * any of the secrets can verify.
 *
 * @throws without a secret, by an empty or unreadable one, or by an id with a full stop, which would let
 * two contents share a signature
 */
export function signWebhook({ id, at, body, secrets }: SignableWebhook): SignatureHeaders {
  if (secrets.length === 0) throw new Error("a webhook is signed with one secret at least");
  if (id === "" || id.includes(".")) throw new Error("a webhook's id has no full stop");
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, at, body));
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": signatures.join(" "),
  };
}

/**
 * A secret as customers are given it: `whsec_` + base64.
 *
 * @param bytes random, 24 to 64 of them (Standard Webhooks, "Signature scheme"); else it throws
 */
export function writeWebhookSecret(bytes: Uint8Array): string {
  if (bytes.length < 24 || bytes.length > 64) throw new Error("a secret has 24 to 64 bytes");
  return `whsec_${Buffer.from(bytes).toString("base64")}`;
}
