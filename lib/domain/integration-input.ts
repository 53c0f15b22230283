import { isSupportedCountry } from "libphonenumber-js/max";
import { normalisePhone } from "./phone-number";
import { isAccessKeyId, isRegion, isSenderId } from "./sns";

/** Senders one can connect today. */
export const CONNECTABLE = {
  types: ["sms", "whatsapp"],
  providers: ["twilio", "aws_sns", "console"],
} as const;
export type ConnectableType = (typeof CONNECTABLE.types)[number];
export type ConnectableProvider = (typeof CONNECTABLE.providers)[number];

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

/** AWS SNS: the access key id and the region; text by SMS only, and from what AWS takes as a sender. */
export function checkSns(input: {
  type: ConnectableType;
  accountId: string | null;
  region: string | null;
  phoneNumber: string;
}): IntegrationFault[] {
  const faults: IntegrationFault[] = [];
  if (input.type !== "sms") {
    const message = "AWS SNS sends SMS only: choose the type sms";
    faults.push({ path: "type", code: "sns_type", message });
  }
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
 * its `whatsapp:` prefix for WhatsApp.
 */
export function normaliseSender(raw: string, type: ConnectableType, country: string): Sender {
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
