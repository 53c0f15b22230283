import { listOwnAddresses } from "../../db/queries/addresses";
import { deletePhoneClaim } from "../../db/writes/phone-claims";
import { isNumberFree } from "../../db/writes/whatsapp-number";
import type { WorkspaceId } from "../domain/workspace-id";
import type { sendCode } from "../notifications/send-code";
import {
  NUMBER_TAKEN,
  setWhatsappNumber,
  type WhatsappNumberFault,
} from "../notifications/set-whatsapp-number";
import { type ClaimCodeOutcome, sendClaimCode } from "./send-claim-code";
import { readPhone } from "./set-phone-number";

export type ClaimWhatsappOutcome = { kind: "saved" } | WhatsappNumberFault | ClaimCodeOutcome;

type Claiming = { workspaceId: WorkspaceId; personId: string; number: string | null };

/**
 * R313: somebody says at which number WhatsApp reaches them. It becomes theirs by the code that is sent
 * there by SMS (proveWhatsappNumber); until then WhatsApp goes where it went. A number that is theirs
 * already needs no code; null or "" takes theirs away at once.
 */
export async function claimWhatsappNumber(
  deps: Parameters<typeof sendCode>[0],
  { workspaceId, personId, number }: Claiming,
): Promise<ClaimWhatsappOutcome> {
  const { db } = deps;
  const of = { workspaceId, personId };
  const read = await readPhone(db, workspaceId, number);
  if (!read.ok) return { kind: "invalid_phone_number", message: read.message };
  const { phone } = read;
  const own = await listOwnAddresses(db, of);
  if (phone === null || own.some(({ value }) => value === phone.value)) {
    await deletePhoneClaim(db, { ...of, kind: "whatsapp" });
    return (await setWhatsappNumber(deps, db, { ...of, number })) ?? { kind: "saved" };
  }
  if (!(await isNumberFree(db, { workspaceId, value: phone.value }))) return NUMBER_TAKEN;
  return sendClaimCode(deps, { ...of, kind: "whatsapp", phone, askedOf: personId });
}
