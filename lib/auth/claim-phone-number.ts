import { listOwnAddresses } from "../../db/queries/addresses";
import { findMember, type Member } from "../../db/queries/users";
import { lockPhoneHolder } from "../../db/writes/phone-numbers";
import type { Administrator } from "../domain/viewer";
import type { WorkspaceId } from "../domain/workspace-id";
import type { sendCode } from "../notifications/send-code";
import { type ClaimCodeOutcome, sendClaimCode } from "./send-claim-code";
import { readPhone, type SetPhoneOutcome, setPhoneNumber } from "./set-phone-number";

type Needs = Parameters<typeof sendCode>[0];

export type ClaimPhoneOutcome = SetPhoneOutcome | ClaimCodeOutcome;

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
  const { personId } = member;
  if (phone === null || (await isOwn(deps, { workspaceId, member, value: phone.value }))) {
    return setPhoneNumber(deps, by, { userId, phoneNumber: given });
  }
  const holder = await lockPhoneHolder(deps.db, { workspaceId, value: phone.value });
  if (holder?.memberUserId && holder.memberUserId !== userId) return { kind: "number_taken" };
  // A contact's consent is theirs, whoever asks for the code.
  const askedOf = holder?.personId ?? personId;
  return sendClaimCode(deps, { workspaceId, personId, kind: "phone", phone, askedOf });
}

type Claim = { workspaceId: WorkspaceId; member: Member; value: string };

/** Theirs already, or shown to be by another way. */
async function isOwn({ db }: Needs, { workspaceId, member, value }: Claim): Promise<boolean> {
  if (value === member.phoneNumber) return true;
  const own = await listOwnAddresses(db, { workspaceId, personId: member.personId });
  return own.some((one) => one.kind === "phone" && one.value === value && one.isVerified);
}
