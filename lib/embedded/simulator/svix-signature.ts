import { createHmac } from "node:crypto";

/**
 * The headers with which Svix signs a webhook (docs.svix.com/receiving/verifying-payloads/how-manual):
 * base64(HMAC-SHA256(key, id.timestamp.body)), the key being what `whsec_` hides in base64.
 *
 * @param now In ms.
 */
export function signSvix(secret: string, id: string, body: string, now: number) {
  const timestamp = String(Math.floor(now / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const digest = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": `v1,${digest}` };
}
