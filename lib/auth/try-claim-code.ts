import { type PhoneClaim, takeClaimTry } from "../../db/writes/phone-claims";
import type { ClaimKind } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { countTry, isSameHash } from "./confirm-address-code";
import { hashCode } from "./request-address-code";
import { claimKey } from "./send-claim-code";

export type ClaimTry =
  | { kind: "right"; claim: PhoneClaim }
  /** Wrong, used, too old, or entered wrongly too often: which, is not told. */
  | { kind: "wrong_code" }
  | { kind: "throttled"; waitSeconds: number };

type Trying = { workspaceId: WorkspaceId; personId: string; kind: ClaimKind };

/** Compares a code with the one of what a person claims; it is used up by `usePhoneClaim`. */
export async function tryClaimCode(
  deps: Pick<Deps, "db" | "sql" | "clock" | "settings">,
  of: Trying,
  code: string,
): Promise<ClaimTry> {
  const waitSeconds = await countTry(deps, of.personId);
  if (waitSeconds > 0) return { kind: "throttled", waitSeconds };
  const claim = await takeClaimTry(deps.db, { ...of, now: deps.clock.now() });
  if (!claim) return { kind: "wrong_code" };
  const given = hashCode(deps, claimKey({ ...of, value: claim.value }), code);
  return isSameHash(claim.codeHash, given) ? { kind: "right", claim } : { kind: "wrong_code" };
}
