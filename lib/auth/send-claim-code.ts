import { deletePhoneClaim, putPhoneClaim } from "../../db/writes/phone-claims";
import { CODE_SECONDS, CODE_TRIES, codeOf } from "../domain/address-code";
import type { ClaimKind } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import { sendCode } from "../notifications/send-code";
import { countAgainst } from "./count-against";
import type { Phone } from "./place-number";
import { hashCode } from "./request-address-code";

type Needs = Parameters<typeof sendCode>[0];

export type ClaimCodeOutcome =
  /** A code is on its way to it; until that is entered, everything stays as it is. */
  | { kind: "code_sent"; phoneNumber: string }
  | { kind: "throttled"; waitSeconds: number }
  /** No code can be sent there: a gate's reason, or one of the outbox. */
  | { kind: "refused"; reason: string };

/** Codes also go to people who asked for none, so a number gets few whoever asks. */
const PER_PERSON = { prefix: "code:person", points: 10, seconds: 3600 };
const PER_NUMBER = { prefix: "code:number", points: 3, seconds: 900 };

type Claim = {
  workspaceId: WorkspaceId;
  personId: string;
  kind: ClaimKind;
  phone: Phone;
  /** Whose consent is asked. */
  askedOf: string;
};

/**
 * Keeps what a person claims and sends the code by which they show it, nothing where none can be sent. It
 * goes by SMS, also to a number of WhatsApp: nobody has written from it yet, and outside the 24 h WhatsApp
 * takes approved texts alone. Who reads its SMS is who can have WhatsApp there.
 */
export async function sendClaimCode(
  deps: Needs,
  { workspaceId, personId, kind, phone, askedOf }: Claim,
): Promise<ClaimCodeOutcome> {
  const waitSeconds = await countAgainst(deps, [
    { limit: PER_PERSON, key: personId },
    { limit: PER_NUMBER, key: `${workspaceId} ${phone.value}` },
  ]);
  if (waitSeconds > 0) return { kind: "throttled", waitSeconds };
  const of = { workspaceId, personId, kind };
  const code = codeOf(deps.chance.token(11));
  await putPhoneClaim(deps.db, {
    ...of,
    ...phone,
    codeHash: hashCode(deps, claimKey({ ...of, value: phone.value }), code),
    triesLeft: CODE_TRIES,
    expiresAt: new Date(deps.clock.now().getTime() + CODE_SECONDS * 1000),
  });
  const to = { kind: "phone", value: phone.value } as const;
  const sent = await sendCode(deps, { workspaceId, personId: askedOf, to, code });
  if (sent.kind === "sent") return { kind: "code_sent", phoneNumber: phone.value };
  await deletePhoneClaim(deps.db, of);
  return sent;
}

/** What the code of a claim is hashed with: that of one kind proves nothing of another. */
export function claimKey({
  personId,
  kind,
  value,
}: {
  personId: string;
  kind: ClaimKind;
  value: string;
}): string {
  return `${personId} ${kind} ${value}`;
}
