import type { Database } from "../../db/client";
import type { Member } from "../../db/queries/users";
import {
  deletePhonesOf,
  insertPhone,
  listAddressesOf,
  lockPhoneHolder,
  mergeIntoPerson,
  personHasConversations,
  updateSearchText,
} from "../../db/writes/phone-numbers";
import { personSearchText } from "../domain/fold-for-search";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

export type Phone = { value: string; raw: string; country: string | null };

type Needs = Pick<Deps, "clock" | "chance">;
type Change = { workspaceId: WorkspaceId; member: Member; phone: Phone | null };

/**
 * Makes a number a member's, inside the caller's transaction; null takes theirs away. A contact who
 * wrote from it before turns out to be this member: the two become one person.
 *
 * @returns the person who has the number now; null: it is somebody else's, and nothing is changed
 */
export async function placeNumber(
  deps: Needs,
  tx: Database,
  change: Change,
): Promise<string | null> {
  const personId = await place(deps, tx, change);
  if (personId) await refreshSearch(tx, { ...change, personId });
  return personId;
}

async function place(deps: Needs, tx: Database, { workspaceId, member, phone }: Change) {
  const at = deps.clock.now();
  const { personId } = member;
  if (!phone) {
    await deletePhonesOf(tx, { workspaceId, personId });
    return personId;
  }
  const holder = await lockPhoneHolder(tx, { workspaceId, value: phone.value });
  const isOthers = holder?.memberUserId && holder.memberUserId !== member.id;
  if (isOthers) return null;
  if (holder && holder.personId !== personId) {
    if (await personHasConversations(tx, { workspaceId, personId })) return null;
    await deletePhonesOf(tx, { workspaceId, personId });
    await mergeIntoPerson(tx, {
      workspaceId,
      from: personId,
      to: holder.personId,
      name: member.name,
      at,
    });
    return holder.personId;
  }
  if (!holder) {
    const id = deps.chance.uuid();
    const row = { id, workspaceId, personId, kind: "phone", ...phone, createdAt: at } as const;
    if (!(await insertPhone(tx, row))) return null;
  }
  await deletePhonesOf(tx, { workspaceId, personId, except: phone.value });
  return personId;
}

async function refreshSearch(
  tx: Database,
  { workspaceId, member, personId }: Change & { personId: string },
) {
  const addresses = await listAddressesOf(tx, { workspaceId, personId });
  const searchText = personSearchText({ name: member.name, addresses });
  await updateSearchText(tx, { workspaceId, personId, searchText });
}
