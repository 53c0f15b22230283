import {
  isOwn,
  type SavePreferencesOutcome,
  type Saving,
  savePreferences,
} from "../notifications/save-preferences";
import type { sendCode } from "../notifications/send-code";
import { type ClaimWhatsappOutcome, claimWhatsappNumber } from "./claim-whatsapp-number";

export type ChangePreferencesOutcome =
  | SavePreferencesOutcome
  /** `code_sent`: all else is saved, and the number is kept as a claim. */
  | ClaimWhatsappOutcome;

/**
 * Changes how a person wants to be reached. A WhatsApp number that somebody gives as their own is claimed
 * first, and nothing is saved where it cannot be; an administrator's word about another needs no code.
 */
export async function changePreferences(
  deps: Parameters<typeof sendCode>[0],
  saving: Saving,
): Promise<ChangePreferencesOutcome> {
  const { acting, person, changes } = saving;
  const { whatsappNumber: number, ...rest } = changes;
  const { workspaceId, actor } = acting;
  const { personId, userId } = person;
  if (number === undefined || !isOwn({ actor, userId })) return savePreferences(deps, saving);
  const claimed = await claimWhatsappNumber(deps, { workspaceId, personId, number });
  if (claimed.kind !== "saved" && claimed.kind !== "code_sent") return claimed;
  await savePreferences(deps, { ...saving, changes: rest });
  return claimed;
}
