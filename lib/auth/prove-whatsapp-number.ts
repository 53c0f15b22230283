import { markVerified } from "../../db/writes/address-codes";
import { insertAudit } from "../../db/writes/audit";
import { usePhoneClaim } from "../../db/writes/phone-claims";
import type { Actor } from "../domain/viewer";
import type { WorkspaceId } from "../domain/workspace-id";
import { setWhatsappNumber } from "../notifications/set-whatsapp-number";
import type { Deps } from "../ports/deps";
import { type ClaimTry, tryClaimCode } from "./try-claim-code";

export type ProveWhatsappOutcome =
  | { kind: "saved"; number: string }
  | Exclude<ClaimTry, { kind: "right" }>
  /** It has become somebody else's meanwhile. */
  | { kind: "number_taken" };

type Proving = { workspaceId: WorkspaceId; actor: Actor; personId: string; code: string };

/**
 * Makes the WhatsApp number that somebody claims theirs, and verified, by the code that was sent there. A
 * claim ends with its code, also where the number is taken.
 */
export async function proveWhatsappNumber(
  deps: Pick<Deps, "db" | "sql" | "clock" | "chance" | "settings">,
  { workspaceId, actor, personId, code }: Proving,
): Promise<ProveWhatsappOutcome> {
  const person = { workspaceId, personId };
  const of = { ...person, kind: "whatsapp" } as const;
  const tried = await tryClaimCode(deps, of, code);
  if (tried.kind !== "right") return tried;
  const { value, codeHash } = tried.claim;
  return deps.db.transaction(async (tx): Promise<ProveWhatsappOutcome> => {
    if (!(await usePhoneClaim(tx, { ...of, codeHash }))) return { kind: "wrong_code" };
    const fault = await setWhatsappNumber(deps, tx, { ...person, number: value });
    if (fault) return { kind: "number_taken" };
    const at = deps.clock.now();
    await markVerified(tx, { ...person, value, at });
    const target = { type: "person", id: personId };
    const data = { kind: "whatsapp", proof: "code" };
    await insertAudit(tx, { workspaceId, at, actor, action: "address.verified", target, data });
    return { kind: "saved", number: value };
  });
}
