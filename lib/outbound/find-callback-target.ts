import { type AttemptState, findCallbackState } from "../../db/writes/status-reports";
import type { Deps } from "../ports/deps";

/** The attempt that a callback names, and the tokens that its account may have signed with. */
export type SignedTarget = {
  tokens: string[];
  /** null: the message has no such attempt. */
  seen: AttemptState | null;
};

type Named = { messageId: string; attempt: number; accountSid: string };

/** null: no outbound message of ours, or not of this account. */
export async function findSignedTarget(
  deps: Pick<Deps, "sql" | "cipher" | "log">,
  { accountSid, ...named }: Named,
): Promise<SignedTarget | null> {
  const target = await findCallbackState(deps.sql, named);
  if (!target || target.accountSid !== accountSid) return null;
  const tokens = [target.tokenSealed, target.nextTokenSealed].flatMap((sealed) =>
    sealed === null ? [] : openToken(deps, target.accountId, sealed),
  );
  return { tokens, seen: target.seen };
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
