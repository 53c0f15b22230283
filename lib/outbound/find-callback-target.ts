import { type CallbackTarget, findCallbackTarget } from "../../db/queries/system/outbox";
import type { Deps } from "../ports/deps";

/** The message that a callback names, and the tokens that its account may have signed with. */
export type SignedTarget = Pick<CallbackTarget, "messageId" | "accountId" | "accountSid"> & {
  tokens: string[];
};

/** null: no outbound message of ours, or not of this account. */
export async function findSignedTarget(
  deps: Pick<Deps, "sql" | "cipher" | "log">,
  { messageId, accountSid }: { messageId: string; accountSid: string },
): Promise<SignedTarget | null> {
  const target = await findCallbackTarget(deps.sql, messageId);
  if (!target || target.accountSid !== accountSid) return null;
  const tokens = [target.tokenSealed, target.nextTokenSealed].flatMap((sealed) =>
    sealed === null ? [] : openToken(deps, target.accountId, sealed),
  );
  return { messageId, accountId: target.accountId, accountSid, tokens };
}

function openToken(
  { cipher, log }: Pick<Deps, "cipher" | "log">,
  accountId: string,
  sealed: string,
) {
  try {
    return [cipher.open(sealed)];
  } catch (error) {
    log.error({ accountId, error: String(error) }, "[SMS] An account's token cannot be opened");
    return [];
  }
}
