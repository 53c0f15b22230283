import type { ActionResult } from "@/lib/auth/action";
import type { ChangePreferencesOutcome } from "@/lib/auth/change-preferences";
import { refusedField } from "../settings/refused-field";

/** What a screen is told; `claimed`: the number to which a code is on its way. */
export function toSavedPreferences(
  outcome: ChangePreferencesOutcome,
): ActionResult<{ claimed: string | null }> {
  switch (outcome.kind) {
    case "saved":
      return { ok: true, data: { claimed: null } };
    case "code_sent":
      return { ok: true, data: { claimed: outcome.phoneNumber } };
    case "invalid_phone_number":
    case "number_taken":
      return refusedField("whatsappNumber", outcome.kind);
    case "throttled":
      return { ok: false, code: "throttled", data: { waitSeconds: outcome.waitSeconds } };
    case "refused":
      return { ok: false, code: outcome.reason };
    default:
      return outcome satisfies never;
  }
}
