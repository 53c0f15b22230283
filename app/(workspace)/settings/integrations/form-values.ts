import type { IntegrationValues } from "@/components/settings/integration-values";
import type { IntegrationRow } from "@/db/queries/integrations";
import { regionOf } from "@/lib/domain/sns";

/** A stored integration as its form shows it; never a token. */
export function toFormValues(row: IntegrationRow, viewerIds: readonly string[]): IntegrationValues {
  return {
    name: row.name,
    type: row.type,
    provider: row.provider,
    accountId: row.accountSid ?? "",
    region: regionOf(row.apiOrigin) ?? "",
    phoneNumber: row.sender,
    fromName: row.fromName ?? "",
    hasWebhookSecret: row.hasWebhookSecret,
    messagingServiceSid: row.messagingServiceSid ?? "",
    defaultCountry: row.defaultCountry ?? "",
    pacePerSecond: row.pacePerSecond === null ? "" : String(row.pacePerSecond),
    isActive: row.isActive,
    isDefault: row.isDefault,
    isVisibleToAll: row.isVisibleToAll,
    viewerIds,
  };
}
