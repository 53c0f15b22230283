import { findMember } from "../../db/queries/users";
import { markVerified } from "../../db/writes/address-codes";
import { insertAudit } from "../../db/writes/audit";
import { takeClaimTry, usePhoneClaim } from "../../db/writes/phone-claims";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { claimKey } from "./claim-phone-number";
import { countTry, isSameHash } from "./confirm-address-code";
import { placeNumber } from "./place-number";
import { hashCode } from "./request-address-code";

export type ProvePhoneOutcome =
  | { kind: "saved"; phoneNumber: string }
  | { kind: "not_found" }
  /** Wrong, used, too old, or entered wrongly too often: which, is not told. */
  | { kind: "wrong_code" }
  | { kind: "throttled"; waitSeconds: number }
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
  const of = { workspaceId, personId: member.personId };
  const waitSeconds = await countTry(deps, member.personId);
  if (waitSeconds > 0) return { kind: "throttled", waitSeconds };
  const at = deps.clock.now();
  const claim = await takeClaimTry(deps.db, { ...of, now: at });
  if (!claim) return { kind: "wrong_code" };
  const { value, raw, country, codeHash } = claim;
  const given = hashCode(deps, claimKey(of.personId, value), code);
  if (!isSameHash(codeHash, given)) return { kind: "wrong_code" };
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
