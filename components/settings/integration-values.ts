import type { Channel, Provider } from "@/lib/domain/words";

/** What the integration form shows and hands over; numbers as typed. */
export type IntegrationValues = {
  name: string;
  type: Channel;
  provider: Provider;
  accountId: string;
  /** AWS SNS. */
  region: string;
  /** The number, or the from address of e-mails. */
  phoneNumber: string;
  fromName: string;
  hasWebhookSecret: boolean;
  messagingServiceSid: string;
  defaultCountry: string;
  pacePerSecond: string;
  isActive: boolean;
  isDefault: boolean;
  isVisibleToAll: boolean;
  viewerIds: readonly string[];
};

export const EMPTY_INTEGRATION: IntegrationValues = {
  name: "",
  type: "sms",
  provider: "twilio",
  accountId: "",
  region: "",
  phoneNumber: "",
  fromName: "",
  hasWebhookSecret: false,
  messagingServiceSid: "",
  defaultCountry: "",
  pacePerSecond: "",
  isActive: true,
  isDefault: false,
  isVisibleToAll: true,
  viewerIds: [],
};

/** The fields of a submitted form. */
export function readIntegrationForm(form: HTMLFormElement) {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? "").trim();
  const orNull = (name: string) => text(name) || null;
  const pace = text("pacePerSecond").replace(",", ".");
  return {
    name: text("name"),
    accountId: orNull("accountId"),
    region: orNull("region"),
    apiKey: orNull("apiKey"),
    phoneNumber: text("phoneNumber"),
    fromName: orNull("fromName"),
    webhookSecret: orNull("webhookSecret"),
    messagingServiceSid: orNull("messagingServiceSid"),
    defaultCountry: orNull("defaultCountry"),
    pacePerSecond: pace === "" ? null : Number(pace),
    isActive: data.get("isActive") === "on",
    isDefault: data.get("isDefault") === "on",
    isVisibleToAll: text("visibility") !== "some",
    viewerIds: data.getAll("viewerId").map(String),
  };
}

/** The mail server of a submitted form; null: it has none. */
export function readSmtpServer(form: HTMLFormElement) {
  const data = new FormData(form);
  const security = SECURITIES.find((known) => known === data.get("security"));
  if (!security) return null;
  return { host: String(data.get("host")).trim(), port: Number(data.get("port")), security };
}

export const SECURITIES = ["tls", "starttls", "none"] as const;
