import { listCountries } from "@/components/settings/choices";
import { listMembers } from "@/db/queries/users";
import type { Viewer } from "@/lib/auth/viewer";
import { hasRole } from "@/lib/domain/words";
import { getDeps } from "@/lib/runtime";

/** What the integration forms offer to choose from. */
export async function readFormChoices(viewer: Viewer) {
  const members = await listMembers(getDeps().db, viewer.workspaceId);
  return {
    countries: listCountries(viewer.user.locale),
    workspaceCountry: viewer.workspace.defaultCountry,
    people: members
      .filter(({ role, isActive }) => isActive && !hasRole(role, "admin"))
      .map(({ id, name }) => ({ id, name })),
  };
}
