import type { Database } from "../../db/client";
import { insertMember } from "../../db/writes/users";
import { personSearchText } from "../domain/fold-for-search";
import type { Role } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

type Input = {
  workspaceId: WorkspaceId;
  user: { id: string; name: string; email: string };
  role: Role;
};

/** Makes a user a member of a workspace, and a person there, in the caller's transaction. */
export async function addMember(
  deps: Pick<Deps, "clock" | "chance">,
  tx: Database,
  { workspaceId, user, role }: Input,
): Promise<void> {
  await insertMember(tx, {
    workspaceId,
    userId: user.id,
    role,
    personId: deps.chance.uuid(),
    addressId: deps.chance.uuid(),
    name: user.name,
    email: user.email,
    searchText: personSearchText({ name: user.name, addresses: [user.email] }),
    at: deps.clock.now(),
  });
}
