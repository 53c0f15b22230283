import { whatHoldsPerson } from "../../db/queries/persons";
import { deletePerson, lockPerson } from "../../db/writes/persons";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

export type DeleteContactOutcome =
  | { readonly kind: "deleted" }
  | { readonly kind: "contact_not_found" }
  /** They sign in here: they are removed with the people of the workspace. */
  | { readonly kind: "contact_is_user" }
  /** There are conversations or words of consent, which are kept as proof. */
  | { readonly kind: "contact_has_history" };

/** Deletes a contact nothing was ever written to or from. */
export function deleteContact(
  deps: Pick<Deps, "db">,
  input: { workspaceId: WorkspaceId; personId: string },
): Promise<DeleteContactOutcome> {
  const { workspaceId, personId } = input;
  return deps.db.transaction(async (tx): Promise<DeleteContactOutcome> => {
    // The lock also holds off a message that is just making their first conversation.
    const person = await lockPerson(tx, workspaceId, personId);
    if (!person) return { kind: "contact_not_found" };
    const held = await whatHoldsPerson(tx, workspaceId, personId);
    if (held === "user") return { kind: "contact_is_user" };
    if (held === "history") return { kind: "contact_has_history" };
    await deletePerson(tx, person);
    return { kind: "deleted" };
  });
}
