import type { Database } from "../../db/client";
import { updateAccount } from "../../db/writes/integrations";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { resumeSending } from "./resume-sending";

type Account = { id: string; workspaceId: WorkspaceId; tokenSealed: string | null };

/**
 * Puts a new token in the place of the old one, in the caller's transaction. The old one keeps
 * verifying webhooks until the overlap is ended: Twilio signs with it until the new one is promoted. An
 * account that its credentials had stopped goes on.
 *
 * @returns false when it is the same token.
 */
export async function replaceToken(
  deps: Pick<Deps, "clock" | "cipher">,
  tx: Database,
  { account, token }: { account: Account; token: string },
): Promise<boolean> {
  const old = account.tokenSealed;
  if (old !== null && deps.cipher.open(old) === token) return false;
  const at = deps.clock.now();
  await updateAccount(tx, account, {
    tokenSealed: deps.cipher.seal(token),
    nextTokenSealed: old,
    breakerUntil: null,
    breakerFailures: 0,
    updatedAt: at,
  });
  const { workspaceId, id: accountId } = account;
  await resumeSending(tx, { workspaceId, accountId, integrationId: null, at });
  return true;
}
