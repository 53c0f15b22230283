import { updateUser } from "../../db/writes/users";
import type { Locale, Theme } from "../domain/words";
import type { Deps } from "../ports/deps";

type Profile = {
  name?: string;
  locale?: Locale;
  theme?: Theme;
  /** IANA name; null: the workspace's. */
  timeZone?: string | null;
};

/** What somebody may change about themselves; only the fields that are given. */
export async function updateProfile(
  deps: Pick<Deps, "db">,
  input: { userId: string; changes: Profile },
): Promise<void> {
  await updateUser(deps.db, input.userId, input.changes);
}
