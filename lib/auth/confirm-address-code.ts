import { timingSafeEqual } from "node:crypto";
import { findOwnAddress } from "../../db/queries/addresses";
import { markVerified, takeCodeTry, useAddressCode } from "../../db/writes/address-codes";
import { insertAudit } from "../../db/writes/audit";
import type { Actor } from "../domain/viewer";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { countAgainst } from "./count-against";
import { hashCode } from "./request-address-code";

export type ConfirmCodeOutcome =
  | { kind: "verified" }
  | { kind: "not_found" }
  /** Wrong, used, too old, or entered wrongly too often: which, is not told. */
  | { kind: "wrong_code" }
  | { kind: "throttled"; waitSeconds: number };

type Confirming = {
  workspaceId: WorkspaceId;
  actor: Actor;
  personId: string;
  addressId: string;
  code: string;
};

/** New codes could be asked for to go on guessing: over all of them, so many an hour. */
const PER_PERSON = { prefix: "code:try", points: 25, seconds: 3600 };

/** Marks an address of one's own as verified by the code that was sent there. */
export async function confirmAddressCode(
  deps: Pick<Deps, "db" | "sql" | "clock" | "settings">,
  { workspaceId, actor, personId, addressId, code }: Confirming,
): Promise<ConfirmCodeOutcome> {
  const address = await findOwnAddress(deps.db, { workspaceId, personId, id: addressId });
  if (!address) return { kind: "not_found" };
  const waitSeconds = await countTry(deps, personId);
  if (waitSeconds > 0) return { kind: "throttled", waitSeconds };
  const at = deps.clock.now();
  const held = await takeCodeTry(deps.db, { workspaceId, addressId, now: at });
  const given = hashCode(deps, addressId, code);
  if (held === null || !isSameHash(held, given)) return { kind: "wrong_code" };
  return deps.db.transaction(async (tx): Promise<ConfirmCodeOutcome> => {
    const isFirst = await useAddressCode(tx, { workspaceId, addressId, codeHash: held });
    if (!isFirst) return { kind: "wrong_code" };
    await markVerified(tx, { workspaceId, personId, value: address.value, at });
    const target = { type: "person", id: personId };
    const data = { kind: address.kind };
    await insertAudit(tx, { workspaceId, at, actor, action: "address.verified", target, data });
    return { kind: "verified" };
  });
}

/** Counts a code that a person enters. @returns seconds to wait, or 0 */
export function countTry(deps: Pick<Deps, "sql">, personId: string): Promise<number> {
  return countAgainst(deps, [{ limit: PER_PERSON, key: personId }]);
}

/** Compares what `hashCode` made, in a time that tells nothing. */
export function isSameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
