import type { Administrator } from "../domain/viewer";
import type { Role } from "../domain/words";
import { allOrNothing } from "../operations/all-or-nothing";
import type { Deps } from "../ports/deps";
import { type ChangeRoleOutcome, changeRole } from "./change-role";
import { type DeactivateOutcome, deactivateUser, reactivateUser } from "./deactivate-user";
import { type SetPhoneOutcome, setPhoneNumber } from "./set-phone-number";

type Changes = { role?: Role; phoneNumber?: string | null; isActive?: boolean };

export type UpdateUserOutcome =
  | { kind: "updated" }
  | Exclude<ChangeRoleOutcome, { kind: "changed" } | { kind: "unchanged" }>
  | Exclude<SetPhoneOutcome, { kind: "saved" }>
  | Exclude<DeactivateOutcome, { kind: "deactivated" }>;

type Given = { userId: string; isActiveNow: boolean; changes: Changes };

/** R003, R007: changes role, phone number and access of a member; all of it or none. */
export function updateUser(
  deps: Deps,
  by: Administrator,
  given: Given,
): Promise<UpdateUserOutcome> {
  return allOrNothing<UpdateUserOutcome>(deps, {
    isGood: (outcome) => outcome.kind === "updated",
    run: async (within) =>
      (await applyRole(within, by, given)) ??
      (await applyPhone(within, by, given)) ??
      (await applyAccess(within, by, given)) ?? { kind: "updated" },
  });
}

/** null: nothing to object. */
async function applyRole(deps: Deps, by: Administrator, { userId, changes }: Given) {
  if (changes.role === undefined) return null;
  const outcome = await changeRole(deps, by, { userId, role: changes.role });
  return outcome.kind === "changed" || outcome.kind === "unchanged" ? null : outcome;
}

async function applyPhone(deps: Deps, by: Administrator, { userId, changes }: Given) {
  if (changes.phoneNumber === undefined) return null;
  const { phoneNumber } = changes;
  const outcome = await setPhoneNumber(deps, by, { userId, phoneNumber });
  return outcome.kind === "saved" ? null : outcome;
}

async function applyAccess(deps: Deps, by: Administrator, given: Given) {
  const { userId, changes } = given;
  if (changes.isActive === undefined || changes.isActive === given.isActiveNow) return null;
  if (changes.isActive) {
    const outcome = await reactivateUser(deps, by, { userId });
    return outcome.kind === "reactivated" ? null : outcome;
  }
  const outcome = await deactivateUser(deps, by, { userId });
  return outcome.kind === "deactivated" ? null : outcome;
}
