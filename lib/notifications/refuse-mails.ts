import { findPreferences } from "../../db/queries/preferences";
import { findRecipients } from "../../db/queries/recipients";
import { DEFAULT_PREFERENCES } from "../domain/deciding/preferences";
import type { Deps } from "../ports/deps";
import { openPreferenceLink } from "./preference-links";
import { savePreferences } from "./save-preferences";

/**
 * The one click of a mail program (RFC 8058): notifications come by e-mail no more. What a person writes
 * to them still does: that is a matter of consent. False: the link does not work.
 */
export async function refuseMails(
  deps: Pick<Deps, "db" | "clock" | "chance">,
  token: string,
): Promise<boolean> {
  const link = await openPreferenceLink(deps, token);
  if (!link) return false;
  const { workspaceId, personId } = link;
  const of = { workspaceId, personIds: [personId] };
  const [person] = await findRecipients(deps.db, of);
  if (!person) return false;
  const found = await findPreferences(deps.db, of);
  const { enabledChannels } = found.get(personId) ?? DEFAULT_PREFERENCES;
  if (!enabledChannels.includes("email")) return true;
  const acting = { workspaceId, actor: { kind: "system" } as const };
  const changes = { enabledChannels: enabledChannels.filter((one) => one !== "email") };
  await savePreferences(deps, { acting, person, changes, via: "link" });
  return true;
}
