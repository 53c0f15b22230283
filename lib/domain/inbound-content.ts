import { cleanText } from "./clean-text";
import type { MessageKind } from "./words";

/** The parameters of a webhook: the first value of each name. */
export type WebhookParams = ReadonlyMap<string, string>;

export type InboundMedia = {
  url: string;
  /** What the provider claims; checked against the bytes once they are here. */
  contentType: string | null;
};

type Content = { kind: MessageKind; body: string; content: Record<string, unknown> | null };
type Fields = Record<string, unknown>;

const MAX_BODY = 65_536;
const MAX_FIELD = 4096;
const CONTACT_TYPES = new Set(["text/vcard", "text/x-vcard", "text/directory"]);

/** Message types of WhatsApp whose whole meaning is body and media. */
const PLAIN_TYPES = new Set(["text", "image", "audio", "voice", "video", "document", "sticker"]);

/**
 * What a message is made of: its kind, its text, and in `content` what fits neither text nor media
 * (a place, a pressed button, the ad it came from). A kind we do not know keeps its fields.
 */
export function inboundContent(params: WebhookParams, media: readonly InboundMedia[]): Content {
  const body = cleanText(params.get("Body") ?? "", MAX_BODY);
  const special =
    location(params) ??
    button(params) ??
    list(params) ??
    contacts(params, media) ??
    unknown(params);
  const extras = { ...referral(params), ...forwarded(params), ...quotedSender(params) };
  const kind = special?.kind ?? (media.length > 0 ? "media" : "text");
  const own = special?.content ?? mediaType(params, media);
  const content = { ...own, ...extras };
  return {
    kind,
    body: body || special?.body || "",
    content: Object.keys(content).length > 0 ? content : null,
  };
}

type Special = { kind: MessageKind; content: Fields; body?: string };

function location(params: WebhookParams): Special | null {
  const latitude = coordinate(params.get("Latitude"), 90);
  const longitude = coordinate(params.get("Longitude"), 180);
  if (latitude === null || longitude === null) return null;
  const named = pick(params, { Address: "address", Label: "label" });
  return { kind: "location", content: { latitude, longitude, ...named } };
}

function coordinate(raw: string | undefined, limit: number): number | null {
  const text = raw?.trim();
  if (!text) return null;
  const value = Number(text);
  return Number.isFinite(value) && Math.abs(value) <= limit ? value : null;
}

function button(params: WebhookParams): Special | null {
  const content = pick(params, { ButtonText: "text", ButtonPayload: "payload" });
  if (Object.keys(content).length === 0) return null;
  return { kind: "button", content, body: String(content.text ?? content.payload) };
}

function list(params: WebhookParams): Special | null {
  const content = pick(params, {
    ListId: "id",
    ListTitle: "title",
    ListDescription: "description",
  });
  if (Object.keys(content).length === 0) return null;
  return { kind: "list", content, body: String(content.title ?? content.id) };
}

function contacts(params: WebhookParams, media: readonly InboundMedia[]): Special | null {
  const isCard = media.some(({ contentType }) => CONTACT_TYPES.has(bareType(contentType)));
  const type = messageType(params);
  if (!isCard && type !== "contacts" && type !== "contact") return null;
  return { kind: "contacts", content: pick(params, { Contacts: "raw" }) };
}

function unknown(params: WebhookParams): Special | null {
  const type = messageType(params);
  if (type === "" || PLAIN_TYPES.has(type)) return null;
  const fields: Fields = {};
  for (const [name, value] of params) {
    if (ENVELOPE.test(name) || Object.keys(fields).length >= 30) continue;
    if (value !== "") fields[cleanText(name, 100)] = cleanText(value, MAX_FIELD);
  }
  return { kind: "unknown", content: { messageType: cleanText(type, 60), fields } };
}

/** Parameters that every message has, which say nothing about what it is. */
const ENVELOPE =
  /^(?:(?:Sms)?(?:Message)?Sid|SmsMessageSid|AccountSid|MessagingServiceSid|ApiVersion|(?:Sms|Message)Status|Num(?:Media|Segments)|From|To|Body|ProfileName|WaId|ExternalUserId|MessageType|Referral.*|Forwarded|FrequentlyForwarded|OriginalReplied.*|Media(?:Url|ContentType)\d+|(?:From|To)(?:City|State|Zip|Country))$/;

function mediaType(params: WebhookParams, media: readonly InboundMedia[]): Fields {
  const type = messageType(params);
  return media.length > 0 && PLAIN_TYPES.has(type) && type !== "text" ? { mediaType: type } : {};
}

function referral(params: WebhookParams): Fields {
  const found = pick(params, {
    ReferralBody: "body",
    ReferralHeadline: "headline",
    ReferralSourceId: "sourceId",
    ReferralSourceType: "sourceType",
    ReferralSourceUrl: "sourceUrl",
    ReferralMediaUrl: "mediaUrl",
    ReferralMediaContentType: "mediaContentType",
    ReferralCtwaClid: "clickId",
  });
  return Object.keys(found).length > 0 ? { referral: found } : {};
}

function forwarded(params: WebhookParams): Fields {
  const isForwarded = [params.get("Forwarded"), params.get("FrequentlyForwarded")].includes("true");
  return isForwarded ? { forwarded: true } : {};
}

function quotedSender(params: WebhookParams): Fields {
  return pick(params, { OriginalRepliedMessageSender: "quotedSender" });
}

function messageType(params: WebhookParams): string {
  return (params.get("MessageType") ?? "").trim().toLowerCase();
}

/** Content type without its parameters, lower case. */
function bareType(contentType: string | null): string {
  return (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

function pick(params: WebhookParams, names: Readonly<Record<string, string>>): Fields {
  const found: Fields = {};
  for (const [name, key] of Object.entries(names)) {
    const value = params.get(name);
    if (value) found[key] = cleanText(value, MAX_FIELD);
  }
  return found;
}
