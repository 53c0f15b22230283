import { listOwnAddresses } from "../../db/queries/addresses";
import { findMember, type Member } from "../../db/queries/users";
import { deletePhoneClaim, putPhoneClaim } from "../../db/writes/phone-claims";
import { lockPhoneHolder } from "../../db/writes/phone-numbers";
import { CODE_SECONDS, CODE_TRIES, codeOf } from "../domain/address-code";
import type { Administrator } from "../domain/viewer";
import type { WorkspaceId } from "../domain/workspace-id";
import { sendCode } from "../notifications/send-code";
import { countAgainst } from "./count-against";
import type { Phone } from "./place-number";
import { hashCode } from "./request-address-code";
import { readPhone, type SetPhoneOutcome, setPhoneNumber } from "./set-phone-number";

type Needs = Parameters<typeof sendCode>[0];

export type ClaimPhoneOutcome =
  | SetPhoneOutcome
  /** A code is on its way to it; until that is entered, everything stays as it is. */
  | { kind: "code_sent"; phoneNumber: string }
  | { kind: "throttled"; waitSeconds: number }
  /** No code can be sent there: a gate's reason, or one of the outbox. */
  | { kind: "refused"; reason: string };

/** Codes also go to people who asked for none, so a number gets few whoever asks. */
const PER_PERSON = { prefix: "code:person", points: 10, seconds: 3600 };
const PER_NUMBER = { prefix: "code:number", points: 3, seconds: 900 };

/**
 * R001: somebody says what their own phone number is. It becomes theirs by the code that is sent there
 * (provePhoneNumber): nothing of a contact who has it is taken over on their word alone, nor told to them.
 * Their number of now is theirs already; null or "" takes it away at once.
 */
export async function claimPhoneNumber(
  deps: Needs,
  by: Administrator & { userId: string },
  given: string | null,
): Promise<ClaimPhoneOutcome> {
  const { workspaceId, userId } = by;
  const read = await readPhone(deps.db, workspaceId, given);
  if (!read.ok) return { kind: "invalid_phone_number", message: read.message };
  const member = await findMember(deps.db, workspaceId, userId);
  if (!member) return { kind: "not_found" };
  const { phone } = read;
  if (phone === null || (await isOwn(deps, { workspaceId, member, phone }))) {
    return setPhoneNumber(deps, by, { userId, phoneNumber: given });
  }
  const holder = await lockPhoneHolder(deps.db, { workspaceId, value: phone.value });
  if (holder?.memberUserId && holder.memberUserId !== userId) return { kind: "number_taken" };
  const waitSeconds = await countAgainst(deps, [
    { limit: PER_PERSON, key: member.personId },
    { limit: PER_NUMBER, key: `${workspaceId} ${phone.value}` },
  ]);
  if (waitSeconds > 0) return { kind: "throttled", waitSeconds };
  // A contact's consent is theirs, whoever asks for the code.
  const askedOf = holder?.personId ?? member.personId;
  return sendClaimCode(deps, { workspaceId, member, phone, askedOf });
}

type Claim = { workspaceId: WorkspaceId; member: Member; phone: Phone };

/** Theirs already, or shown to be by another way. */
async function isOwn({ db }: Needs, { workspaceId, member, phone }: Claim): Promise<boolean> {
  if (phone.value === member.phoneNumber) return true;
  const own = await listOwnAddresses(db, { workspaceId, personId: member.personId });
  return own.some((one) => one.kind === "phone" && one.value === phone.value && one.isVerified);
}

async function sendClaimCode(
  deps: Needs,
  { workspaceId, member, phone, askedOf }: Claim & { askedOf: string },
): Promise<ClaimPhoneOutcome> {
  const of = { workspaceId, personId: member.personId };
  const code = codeOf(deps.chance.token(11));
  await putPhoneClaim(deps.db, {
    ...of,
    ...phone,
    codeHash: hashCode(deps, claimKey(of.personId, phone.value), code),
    triesLeft: CODE_TRIES,
    expiresAt: new Date(deps.clock.now().getTime() + CODE_SECONDS * 1000),
  });
  const to = { kind: "phone", value: phone.value } as const;
  const sent = await sendCode(deps, { workspaceId, personId: askedOf, to, code });
  if (sent.kind === "sent") return { kind: "code_sent", phoneNumber: phone.value };
  await deletePhoneClaim(deps.db, of);
  return sent;
}

/** What the code of a claim is hashed with. */
export function claimKey(personId: string, value: string): string {
  return `${personId} ${value}`;
}
