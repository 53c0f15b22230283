import { createHmac } from "node:crypto";
import { findOwnAddress } from "../../db/queries/addresses";
import { putAddressCode } from "../../db/writes/address-codes";
import { CHANNEL_OF_KIND, CODE_SECONDS, CODE_TRIES, codeOf } from "../domain/address-code";
import type { Channel } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import { sendCode } from "../notifications/send-code";
import type { Deps } from "../ports/deps";
import { countAgainst } from "./count-against";

export type RequestCodeOutcome =
  /** By which channel it goes. */
  | { kind: "sent"; channel: Channel }
  | { kind: "not_found" }
  | { kind: "throttled"; waitSeconds: number }
  /** Nothing can be sent there: a gate's reason, or one of the outbox. */
  | { kind: "refused"; reason: string };

type Asking = { workspaceId: WorkspaceId; personId: string; addressId: string };

const PER_PERSON = { prefix: "code:person", points: 10, seconds: 3600 };
const PER_ADDRESS = { prefix: "code:address", points: 3, seconds: 900 };

/**
 * Sends six digits to an address of one's own, by which one shows that one reads what comes there. They
 * work once, for 10 minutes, and the one before no more. Where WhatsApp takes approved texts alone, they go
 * by SMS to the same number.
 */
export async function requestAddressCode(
  deps: Parameters<typeof sendCode>[0],
  { workspaceId, personId, addressId }: Asking,
): Promise<RequestCodeOutcome> {
  const address = await findOwnAddress(deps.db, { workspaceId, personId, id: addressId });
  if (!address) return { kind: "not_found" };
  const waitSeconds = await countAgainst(deps, [
    { limit: PER_PERSON, key: personId },
    { limit: PER_ADDRESS, key: addressId },
  ]);
  if (waitSeconds > 0) return { kind: "throttled", waitSeconds };
  const code = codeOf(deps.chance.token(11));
  const { kind, value } = address;
  await putAddressCode(deps.db, {
    addressId,
    workspaceId,
    codeHash: hashCode(deps, addressId, code),
    triesLeft: CODE_TRIES,
    expiresAt: new Date(deps.clock.now().getTime() + CODE_SECONDS * 1000),
  });
  const sending = { workspaceId, personId, code };
  const sent = await sendCode(deps, { ...sending, to: { kind, value } });
  if (sent.kind === "sent") return { ...sent, channel: CHANNEL_OF_KIND[kind] };
  if (sent.reason !== "whatsapp_window_closed") return sent;
  const bySms = await sendCode(deps, { ...sending, to: { kind: "phone", value } });
  return bySms.kind === "sent" ? { ...bySms, channel: "sms" } : bySms;
}

/** How a code is kept: of six digits a bare hash would tell them. `key`: what it is the code of. */
export function hashCode({ settings }: Pick<Deps, "settings">, key: string, code: string) {
  return createHmac("sha256", settings.linkSecret)
    .update(`address-code:${key}:${code}`)
    .digest("hex");
}
