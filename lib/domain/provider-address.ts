import type { AddressKind, Channel } from "./words";

const WHATSAPP = "whatsapp:";
const PHONE_LIKE = /^\+[1-9]\d{3,14}$/;

/** An address as Twilio writes it, read: `whatsapp:+33…` → channel and bare value. */
export type ProviderAddress = {
  channel: Exclude<Channel, "email">;
  /** E.164, short code, alphanumeric id or WhatsApp id, without the prefix. */
  value: string;
  /** `whatsapp` only for WhatsApp ids without a number. */
  kind: Exclude<AddressKind, "email">;
};

/**
 * Reads `From` and `To` of a webhook. WhatsApp people may have no number at all
 * (`whatsapp:FR.1234`), so nothing here insists on digits.
 */
export function parseProviderAddress(raw: string): ProviderAddress {
  const text = raw.trim();
  if (!text.toLowerCase().startsWith(WHATSAPP)) {
    return { channel: "sms", value: renumberGabon(text), kind: "phone" };
  }
  const value = renumberGabon(text.slice(WHATSAPP.length).trim());
  return { channel: "whatsapp", value, kind: PHONE_LIKE.test(value) ? "phone" : "whatsapp" };
}

/** A WhatsApp person without a number, as `FR.1234`; null: it is none. */
export function readWhatsAppId(text: string): string | null {
  const value = text.trim().replace(/^whatsapp:/i, "");
  return /^[A-Z]{2}\.[A-Za-z0-9]{3,64}$/.test(value) ? value : null;
}

/** R112: the form in which a WhatsApp address is handed to the provider. */
export function toWhatsAppAddress(value: string): string {
  return value.startsWith(WHATSAPP) ? value : `${WHATSAPP}${value}`;
}

const GABON_OLD = /^\+2410([124567])(\d{6})$/;
const GABON_PREFIX: Record<string, string> = {
  "1": "11",
  "2": "62",
  "4": "74",
  "5": "65",
  "6": "66",
  "7": "77",
};

/** Gabon's numbers of before 2019 in E.164 with the 0 kept → today's. Anything else is returned as it is. */
export function renumberGabon(e164: string): string {
  const match = GABON_OLD.exec(e164);
  return match ? `+241${GABON_PREFIX[match[1] ?? ""]}${match[2]}` : e164;
}
