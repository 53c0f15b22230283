import type { ActionResult } from "@/lib/auth/action";
import type { ChangePreferencesOutcome } from "@/lib/auth/change-preferences";
import { codeFault } from "../settings/code-fault";
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
    case "refused":
      return codeFault(outcome);
    default:
      return outcome satisfies never;
  }
}
