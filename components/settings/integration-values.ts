import type { ConnectableProvider, ConnectableType } from "@/lib/domain/integration-input";

/** What the integration form shows and hands over; numbers as typed. */
export type IntegrationValues = {
  name: string;
  type: ConnectableType;
  provider: ConnectableProvider;
  accountId: string;
  /** AWS SNS. */
  region: string;
  phoneNumber: string;
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
    messagingServiceSid: orNull("messagingServiceSid"),
    defaultCountry: orNull("defaultCountry"),
    pacePerSecond: pace === "" ? null : Number(pace),
    isActive: data.get("isActive") === "on",
    isDefault: data.get("isDefault") === "on",
    isVisibleToAll: text("visibility") !== "some",
    viewerIds: data.getAll("viewerId").map(String),
  };
}
