import type { IntegrationValues } from "@/components/settings/integration-values";
import type { IntegrationRow } from "@/db/queries/integrations";

/** A stored integration as its form shows it; never a token. */
export function toFormValues(row: IntegrationRow, viewerIds: readonly string[]): IntegrationValues {
  return {
    name: row.name,
    type: row.type === "whatsapp" ? "whatsapp" : "sms",
    provider: row.provider === "console" ? "console" : "twilio",
    accountId: row.accountSid ?? "",
    phoneNumber: row.sender,
    messagingServiceSid: row.messagingServiceSid ?? "",
    defaultCountry: row.defaultCountry ?? "",
    pacePerSecond: row.pacePerSecond === null ? "" : String(row.pacePerSecond),
    isActive: row.isActive,
    isDefault: row.isDefault,
    isVisibleToAll: row.isVisibleToAll,
    viewerIds,
  };
}
