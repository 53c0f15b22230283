import { isSupportedCountry } from "libphonenumber-js/max";
import { normaliseEmail } from "./email-address";
import { normalisePhone } from "./phone-number";
import { isAccessKeyId, isRegion, isSenderId } from "./sns";
import type { Channel, Provider } from "./words";

/** By which providers a type of sender can be connected; the first is the usual one. */
export const PROVIDERS_OF = {
  sms: ["twilio", "aws_sns", "console"],
  whatsapp: ["twilio", "console"],
  email: ["resend", "smtp", "console"],
} as const satisfies Record<Channel, readonly Provider[]>;

/** `path` is the field's name in the API; `code` a key of `errors.field`. */
export type IntegrationFault = { path: string; code: string; message: string };

const ACCOUNT_SID = /^AC[0-9a-f]{32}$/i;
const SERVICE_SID = /^MG[0-9a-f]{32}$/i;
const SHORT_CODE = /^\d{3,8}$/;
/** Twilio: 3 to 11 characters, a letter among them. */
const ALPHANUMERIC = /^(?=.*[A-Za-z])[A-Za-z0-9 +&_-]{3,11}$/;

export function checkAccountSid(text: string): IntegrationFault | null {
  if (ACCOUNT_SID.test(text)) return null;
  const message = "Account SID or Auth Token invalid: the SID starts with AC and has 34 characters";
  return { path: "accountId", code: "account_sid", message };
}

/** A provider carries some types only. */
export function checkPair(type: Channel, provider: Provider): IntegrationFault | null {
  const known: readonly Provider[] = PROVIDERS_OF[type];
  if (known.includes(provider)) return null;
  const message = `A sender of type ${type} is connected by ${known.join(" or ")}`;
  return { path: "provider", code: "provider_type", message };
}

/** Resend shows it once, where the webhook is made. */
export function checkWebhookSecret(text: string | null): IntegrationFault | null {
  if (text === null || /^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(text)) return null;
  const message = "A signing secret of Resend starts with whsec_";
  return { path: "webhookSecret", code: "webhook_secret", message };
}

/** AWS SNS: the access key id and the region, and what AWS takes as a sender. */
export function checkSns(input: {
  accountId: string | null;
  region: string | null;
  phoneNumber: string;
}): IntegrationFault[] {
  const faults: IntegrationFault[] = [];
  if (!isAccessKeyId(input.accountId ?? "")) {
    const message = "An access key id is made of capitals and digits and mostly begins with AKIA";
    faults.push({ path: "accountId", code: "access_key", message });
  }
  if (!isRegion(input.region ?? "")) {
    const message = "A region of AWS, such as eu-west-3";
    faults.push({ path: "region", code: "region", message });
  }
  return [...faults, ...checkSnsSender(input.phoneNumber)];
}

/** A sender id, or a number with its country code. */
export function checkSnsSender(sender: string): IntegrationFault[] {
  if (isSenderId(sender) || normalisePhone(sender, "FR").ok || /^\+[1-9]\d{6,14}$/.test(sender)) {
    return [];
  }
  const message = "A sender id of 3 to 11 letters and digits, or a number of the account";
  return [{ path: "phoneNumber", code: "sns_sender", message }];
}

export function checkServiceSid(text: string | null): IntegrationFault | null {
  if (text === null || SERVICE_SID.test(text)) return null;
  const message = "A Messaging Service SID starts with MG and has 34 characters";
  return { path: "messagingServiceSid", code: "service_sid", message };
}

/** Segments a second; null: as fast as the provider takes. */
export function checkPace(pace: number | null): IntegrationFault | null {
  if (pace === null || (pace >= 0.1 && pace <= 1000)) return null;
  const message = "Between 0.1 and 1000 segments a second, or null";
  return { path: "pacePerSecond", code: "pace", message };
}

/** ISO 3166-1 alpha-2; null: the workspace's. */
export function checkCountry(country: string | null): IntegrationFault | null {
  if (country === null || isSupportedCountry(country)) return null;
  const message = "An ISO 3166-1 country code of two letters, such as FR";
  return { path: "defaultCountry", code: "country", message };
}

type Sender = { ok: true; sender: string } | { ok: false; fault: IntegrationFault };

/**
 * R413: a sender as it is stored: E.164, a short code or an alphanumeric id for SMS; E.164 without
 * its `whatsapp:` prefix for WhatsApp; a lower-case address for e-mail.
 */
export function normaliseSender(raw: string, type: Channel, country: string): Sender {
  if (type === "email") return normaliseFrom(raw);
  const text = raw.trim().replace(/^whatsapp:/i, "");
  const phone = normalisePhone(text, country);
  if (phone.ok) return { ok: true, sender: phone.e164 };
  if (type === "sms" && (SHORT_CODE.test(text) || ALPHANUMERIC.test(text))) {
    return { ok: true, sender: text };
  }
  // Test numbers (+1500555…) and sandbox senders are valid to Twilio without being anybody's.
  if (/^\+[1-9]\d{6,14}$/.test(text)) return { ok: true, sender: text };
  const message = "Invalid number: use the international format, like +33612345678";
  return { ok: false, fault: { path: "phoneNumber", code: "sender_invalid", message } };
}

function normaliseFrom(raw: string): Sender {
  const sender = normaliseEmail(raw);
  if (sender !== null) return { ok: true, sender };
  const message = "Not an e-mail address, like notices@example.org";
  return { ok: false, fault: { path: "phoneNumber", code: "from_invalid", message } };
}

/** `notices@example.org` → `example.org`. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
