import type { Database } from "../../db/client";
import { findMember, type Member } from "../../db/queries/users";
import { findWorkspace } from "../../db/queries/workspaces";
import { insertAudit } from "../../db/writes/audit";
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
import { normalisePhone } from "../domain/phone-number";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";

export type SetPhoneOutcome =
  | { kind: "saved"; phoneNumber: string | null }
  | { kind: "not_found" }
  | { kind: "invalid_phone_number"; message: string }
  /** Another person of the workspace has this number. */
  | { kind: "number_taken" };

type Needs = Pick<Deps, "db" | "clock" | "chance">;
type Phone = { value: string; raw: string; country: string | null };
type Change = { by: Administrator; member: Member; phone: Phone | null };

/**
 * R001, R003, R006, R007: a member's phone number, stored as E.164; null or "" takes it away.
 * A contact who wrote from that number before turns out to be this member: the two become one person.
 */
export async function setPhoneNumber(
  deps: Needs,
  by: Administrator,
  input: { userId: string; phoneNumber: string | null },
): Promise<SetPhoneOutcome> {
  const raw = input.phoneNumber?.trim() || null;
  const workspace = await findWorkspace(deps.db, by.workspaceId);
  const parsed = raw === null ? null : normalisePhone(raw, workspace?.defaultCountry ?? "FR");
  if (parsed && !parsed.ok) return { kind: "invalid_phone_number", message: parsed.message };
  const phone = parsed && raw ? { value: parsed.e164, raw, country: parsed.country } : null;
  return deps.db.transaction(async (tx) => {
    const member = await findMember(tx, by.workspaceId, input.userId);
    if (!member) return { kind: "not_found" };
    const personId = await placeNumber(deps, tx, { by, member, phone });
    if (!personId) return { kind: "number_taken" };
    await refreshSearch(tx, { by, member, personId });
    await insertAudit(tx, {
      workspaceId: by.workspaceId,
      at: deps.clock.now(),
      actor: by.actor,
      action: "user.phone_changed",
      target: { type: "user", id: input.userId },
    });
    return { kind: "saved", phoneNumber: phone?.value ?? null };
  });
}

/** @returns the person who holds the number now, or null when it is somebody else's. */
async function placeNumber(deps: Needs, tx: Database, { by, member, phone }: Change) {
  const { workspaceId } = by;
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
  await deletePhonesOf(tx, { workspaceId, personId, except: phone.value });
  if (holder) return personId;
  const id = deps.chance.uuid();
  const row = { id, workspaceId, personId, kind: "phone", ...phone, createdAt: at } as const;
  return (await insertPhone(tx, row)) ? personId : null;
}

async function refreshSearch(
  tx: Database,
  { by, member, personId }: { by: Administrator; member: Member; personId: string },
) {
  const { workspaceId } = by;
  const addresses = await listAddressesOf(tx, { workspaceId, personId });
  const searchText = personSearchText({ name: member.name, addresses });
  await updateSearchText(tx, { workspaceId, personId, searchText });
}
