import type twilio from "twilio";
import { toWhatsAppAddress } from "../../domain/provider-address";
import type { WebhookAnswer, WebhookTarget, WebhookUrls } from "../../ports/sms";

type Urls = { url: string; fallbackUrl: string };

/**
 * Where Twilio posts what comes in, by the kind of sender: the Messaging Service's own address, the
 * WhatsApp sender's, or the phone number's. Short codes and names have none that can be set by the API.
 *
 * @param urls null: only reads
 */
export async function exchangeWebhook(
  client: twilio.Twilio,
  target: WebhookTarget,
  urls: Urls | null,
): Promise<WebhookAnswer> {
  if (target.messagingServiceSid) {
    return ofService(client, { sid: target.messagingServiceSid, urls });
  }
  if (target.channel === "whatsapp") return ofWhatsApp(client, { sender: target.sender, urls });
  return ofNumber(client, { sender: target.sender, urls });
}

async function ofService(
  client: twilio.Twilio,
  { sid, urls }: { sid: string; urls: Urls | null },
): Promise<WebhookAnswer> {
  const context = client.messaging.v1.services(sid);
  const service = urls
    ? await context.update({
        inboundRequestUrl: urls.url,
        inboundMethod: "POST",
        fallbackUrl: urls.fallbackUrl,
        fallbackMethod: "POST",
        useInboundWebhookOnNumber: false,
      })
    : await context.fetch();
  return answer({ url: service.inboundRequestUrl, fallbackUrl: service.fallbackUrl });
}

const MAX_SENDERS = 1000;

/** The WhatsApp senders of the account; the sandbox's is not among them. */
export function listWhatsAppSenders(client: twilio.Twilio) {
  return client.messaging.v2.channelsSenders.list({ channel: "whatsapp", limit: MAX_SENDERS });
}

async function ofWhatsApp(
  client: twilio.Twilio,
  { sender, urls }: { sender: string; urls: Urls | null },
): Promise<WebhookAnswer> {
  const { channelsSenders } = client.messaging.v2;
  const all = await listWhatsAppSenders(client);
  const own = all.find(({ senderId }) => senderId === toWhatsAppAddress(sender));
  // The sandbox's number is no sender of the account.
  if (!own)
    return { ok: false, fault: "not_settable", message: `${sender} is no sender of its own` };
  if (!urls) return answer(own.webhook);
  // The SDK sends what it is given as it is, and this resource writes its names like this.
  const webhook = {
    callback_url: urls.url,
    callback_method: "POST",
    fallback_url: urls.fallbackUrl,
    fallback_method: "POST",
  };
  const updated = await channelsSenders(own.sid).update({ webhook } as never);
  return answer(updated.webhook ?? { callbackUrl: urls.url, fallbackUrl: urls.fallbackUrl });
}

async function ofNumber(
  client: twilio.Twilio,
  { sender, urls }: { sender: string; urls: Urls | null },
): Promise<WebhookAnswer> {
  if (!sender.startsWith("+")) {
    return { ok: false, fault: "not_settable", message: `${sender} is no phone number` };
  }
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: sender, limit: 1 });
  if (!number) {
    return { ok: false, fault: "sender", message: `${sender} is not a number of this account` };
  }
  const now = urls
    ? await client.incomingPhoneNumbers(number.sid).update({
        smsUrl: urls.url,
        smsMethod: "POST",
        smsFallbackUrl: urls.fallbackUrl,
        smsFallbackMethod: "POST",
      })
    : number;
  return answer({ url: now.smsUrl, fallbackUrl: now.smsFallbackUrl });
}

type Given = { url?: string | null; callbackUrl?: string | null; fallbackUrl?: string | null };

/** Twilio says "none" by an empty text or by null. */
function answer({ url, callbackUrl, fallbackUrl }: Given): WebhookAnswer {
  const urls: WebhookUrls = { url: url || callbackUrl || null, fallbackUrl: fallbackUrl || null };
  return { ok: true, urls };
}
