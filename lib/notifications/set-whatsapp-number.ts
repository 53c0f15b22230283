import type { Database } from "../../db/client";
import { listOwnAddresses } from "../../db/queries/addresses";
import { findWorkspaceCountry } from "../../db/queries/workspace-country";
import { putWhatsappNumber } from "../../db/writes/whatsapp-number";
import { normalisePhone } from "../domain/phone-number";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

export type WhatsappNumberFault = {
  kind: "invalid_phone_number" | "number_taken";
  message: string;
};

type Setting = { workspaceId: WorkspaceId; personId: string; number: string | null };

/** Whose it is stays unsaid. */
export const NUMBER_TAKEN: WhatsappNumberFault = {
  kind: "number_taken",
  message: "This number belongs to somebody else here",
};

/**
 * The number at which a person is reached by WhatsApp where that is not their phone number; null or "":
 * it is. Nothing changes on a fault, also inside a caller's transaction. A new number is not verified:
 * who gives one as their own has to prove it first (claimWhatsappNumber).
 */
export async function setWhatsappNumber(
  deps: Pick<Deps, "chance" | "clock">,
  tx: Database,
  { workspaceId, personId, number }: Setting,
): Promise<WhatsappNumberFault | null> {
  const raw = number?.trim() || null;
  const country = await findWorkspaceCountry(tx, workspaceId);
  const parsed = raw === null ? null : normalisePhone(raw, country);
  if (parsed && !parsed.ok) return { kind: parsed.code, message: parsed.message };
  const wanted = parsed && raw ? { value: parsed.e164, raw, country: parsed.country } : null;
  const own = await listOwnAddresses(tx, { workspaceId, personId });
  const isHeld = own.some(({ kind, value }) => kind === "whatsapp" && value === wanted?.value);
  if (isHeld) return null;
  const at = deps.clock.now();
  const ids = { whatsapp: deps.chance.uuid(), phone: deps.chance.uuid() };
  const held = { isTaken: false };
  try {
    await tx.transaction(async (part) => {
      const putting = { workspaceId, personId, number: wanted, ids, at };
      held.isTaken = !(await putWhatsappNumber(part, putting));
      if (held.isTaken) part.rollback();
    });
  } catch (error) {
    if (!held.isTaken) throw error;
    return NUMBER_TAKEN;
  }
  return null;
}
