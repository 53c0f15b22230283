import { cleanText } from "./clean-text";
import { type InboundMedia, inboundContent, type WebhookParams } from "./inbound-content";
import { type ProviderAddress, parseProviderAddress } from "./provider-address";
import type { MessageKind } from "./words";

export type InboundMessage = {
  providerId: string;
  accountSid: string;
  messagingServiceSid: string | null;
  channel: ProviderAddress["channel"];
  from: ProviderAddress;
  /** As received, for `addresses.raw`. */
  fromRaw: string;
  /** A WhatsApp id of the same person beside their number. */
  alias: ProviderAddress | null;
  to: string;
  profileName: string | null;
  /** ISO 3166-1 alpha-2, as the provider says. */
  country: string | null;
  body: string;
  kind: MessageKind;
  content: Record<string, unknown> | null;
  media: readonly InboundMedia[];
  optOutType: string | null;
  quotedProviderId: string | null;
};

export type ParsedInbound =
  | { ok: true; message: InboundMessage }
  /** `field`: the parameter that is missing or cannot be used. */
  | { ok: false; field: string; reason: string };

const MAX_ID = 64;
const MAX_ADDRESS = 128;
const MAX_MEDIA = 20;

/**
 * R406, R112: reads Twilio's inbound webhook (SMS, MMS, every WhatsApp kind; reference §4) into our
 * words. Nothing in it is trusted: text is made storable, lengths are bounded, unknown kinds are kept.
 */
export function parseInbound(params: WebhookParams): ParsedInbound {
  const status = text(params, "MessageStatus", MAX_ID);
  if (status && status !== "received" && status !== "receiving") {
    return refuse("MessageStatus", "status callbacks belong at /api/webhooks/twilio/status");
  }
  const ids = readIds(params);
  if (!ids.ok) return ids;
  const from = parseProviderAddress(ids.from);
  const media = readMedia(params);
  const content = inboundContent(params, media);
  return {
    ok: true,
    message: {
      providerId: ids.providerId,
      accountSid: ids.accountSid,
      messagingServiceSid: text(params, "MessagingServiceSid", MAX_ID),
      channel: from.channel,
      from,
      fromRaw: ids.from,
      alias: readAlias(params, from),
      to: parseProviderAddress(ids.to).value,
      profileName: text(params, "ProfileName", 200),
      country: readCountry(params),
      media,
      ...content,
      optOutType: text(params, "OptOutType", MAX_ID),
      quotedProviderId: text(params, "OriginalRepliedMessageSid", MAX_ID),
    },
  };
}

type Ids =
  | { ok: true; providerId: string; accountSid: string; from: string; to: string }
  | { ok: false; field: string; reason: string };

function readIds(params: WebhookParams): Ids {
  const message = ["MessageSid", "SmsMessageSid", "SmsSid"].find((name) => params.get(name));
  const fields = [message ?? "MessageSid", "AccountSid", "From", "To"] as const;
  for (const [i, field] of fields.entries()) {
    const value = params.get(field)?.trim() ?? "";
    if (value === "") return refuse(field, "is missing");
    if (value.length > (i < 2 ? MAX_ID : MAX_ADDRESS)) return refuse(field, "is too long");
    if (value.includes("\0")) return refuse(field, "holds a NUL character");
  }
  const read = (field: string) => cleanText(params.get(field)?.trim() ?? "");
  const [providerId, accountSid, from, to] = fields.map(read);
  if (!providerId || !accountSid || !from || !to) return refuse("MessageSid", "is missing");
  return { ok: true, providerId, accountSid, from, to };
}

function refuse(field: string, reason: string) {
  return { ok: false as const, field, reason };
}

/** Somebody may write by number and be named by WhatsApp id as well, or the other way round. */
function readAlias(params: WebhookParams, from: ProviderAddress): ProviderAddress | null {
  if (from.channel !== "whatsapp") return null;
  const external = text(params, "ExternalUserId", MAX_ADDRESS);
  const digits = text(params, "WaId", MAX_ADDRESS);
  const candidates = [external, digits && /^\d{5,15}$/.test(digits) ? `whatsapp:+${digits}` : null];
  for (const candidate of candidates) {
    if (!candidate) continue;
    const prefixed = candidate.startsWith("whatsapp:") ? candidate : `whatsapp:${candidate}`;
    const alias = parseProviderAddress(prefixed);
    if (alias.value !== "" && alias.value !== from.value) return alias;
  }
  return null;
}

function readCountry(params: WebhookParams): string | null {
  const country = params.get("FromCountry")?.trim().toUpperCase() ?? "";
  return /^[A-Z]{2}$/.test(country) ? country : null;
}

function readMedia(params: WebhookParams): InboundMedia[] {
  const claimed = Number.parseInt(params.get("NumMedia") ?? "", 10);
  const count = Number.isInteger(claimed) ? Math.min(Math.max(claimed, 0), MAX_MEDIA) : MAX_MEDIA;
  const found: InboundMedia[] = [];
  for (let i = 0; i < count; i++) {
    const url = text(params, `MediaUrl${i}`, 2048);
    if (url) found.push({ url, contentType: text(params, `MediaContentType${i}`, 255) });
  }
  return found;
}

function text(params: WebhookParams, name: string, maxLength: number): string | null {
  const value = params.get(name);
  if (!value) return null;
  return cleanText(value, maxLength).trim() || null;
}
