import {
  type AttemptState,
  type CallbackState,
  findCallbackStates,
} from "../../db/writes/status-reports";
import { shareStatement } from "../operations/share-statement";
import type { Deps } from "../ports/deps";

/** The attempt that a callback names, and the tokens that its account may have signed with. */
export type SignedTarget = {
  tokens: string[];
  /** null: the message has no such attempt. */
  seen: AttemptState | null;
};

type Named = { messageId: string; attempt: number; accountSid: string };

type Looked = { state: CallbackState | null };

/** Callbacks come three a message; one look changes nothing, so any may share it. */
const look = shareStatement<Omit<Named, "accountSid">, Looked>({
  name: "looks of status callbacks",
  keysOf: () => [],
  together: async (sql, named) =>
    (await findCallbackStates(sql, named)).map((state) => ({ state })),
  alone: async (sql, named) => {
    const [state = null] = await findCallbackStates(sql, [named]);
    return { state };
  },
});

/** null: no outbound message of ours, or not of this account. */
export async function findSignedTarget(
  deps: Pick<Deps, "sql" | "clock" | "cipher" | "log">,
  { accountSid, ...named }: Named,
): Promise<SignedTarget | null> {
  const { state: target } = await look(deps, named);
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
