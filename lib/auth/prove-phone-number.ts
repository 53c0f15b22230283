import { findMember } from "../../db/queries/users";
import { markVerified } from "../../db/writes/address-codes";
import { insertAudit } from "../../db/writes/audit";
import { usePhoneClaim } from "../../db/writes/phone-claims";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { placeNumber } from "./place-number";
import { type ClaimTry, tryClaimCode } from "./try-claim-code";

export type ProvePhoneOutcome =
  | { kind: "saved"; phoneNumber: string }
  | { kind: "not_found" }
  | Exclude<ClaimTry, { kind: "right" }>
  /** It has become another member's, or both they and its contact have written already. */
  | { kind: "number_taken" };

/**
 * Makes the number that somebody claims theirs, by the code that was sent there: verified, and one person
 * with the contact who wrote from it. A claim ends with its code, also where the number is taken.
 */
export async function provePhoneNumber(
  deps: Pick<Deps, "db" | "sql" | "clock" | "chance" | "settings">,
  by: Administrator & { userId: string },
  code: string,
): Promise<ProvePhoneOutcome> {
  const { workspaceId, userId } = by;
  const member = await findMember(deps.db, workspaceId, userId);
  if (!member) return { kind: "not_found" };
  const of = { workspaceId, personId: member.personId, kind: "phone" } as const;
  const tried = await tryClaimCode(deps, of, code);
  if (tried.kind !== "right") return tried;
  const at = deps.clock.now();
  const { value, raw, country, codeHash } = tried.claim;
  return deps.db.transaction(async (tx): Promise<ProvePhoneOutcome> => {
    if (!(await usePhoneClaim(tx, { ...of, codeHash }))) return { kind: "wrong_code" };
    const phone = { value, raw, country };
    const personId = await placeNumber(deps, tx, { workspaceId, member, phone });
    if (!personId) return { kind: "number_taken" };
    await markVerified(tx, { workspaceId, personId, value, at });
    const target = { type: "user", id: userId };
    const data = { proof: "code" };
    const { actor } = by;
    await insertAudit(tx, { workspaceId, at, actor, action: "user.phone_changed", target, data });
    return { kind: "saved", phoneNumber: value };
  });
}
