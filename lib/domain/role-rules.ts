import { hasRole, type Role } from "./words";

/** May somebody of this role give out (or invite to) that role? Nobody hands out more than they have. */
export function mayGrant(actor: Role, granted: Role): boolean {
  return hasRole(actor, "admin") && hasRole(actor, granted);
}

/** May somebody of this role change a person who has that role? Only owners touch owners. */
export function mayManage(actor: Role, target: Role): boolean {
  return hasRole(actor, "admin") && hasRole(actor, target);
}

/** Would the workspace be left without an owner if this person stopped being one? */
export function isLastOwner(activeOwnerIds: readonly string[], userId: string): boolean {
  return activeOwnerIds.length === 1 && activeOwnerIds[0] === userId;
}
