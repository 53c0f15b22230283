import { insertAudit } from "../../db/writes/audit";
import { patchPerson } from "../../db/writes/persons";
import { lockPreferences, putPreferences } from "../../db/writes/preferences";
import { updateUser } from "../../db/writes/users";
import type { Preferences } from "../domain/deciding/preferences";
import { given } from "../domain/given";
import type { Actor } from "../domain/viewer";
import type { Locale } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { setWhatsappNumber, type WhatsappNumberFault } from "./set-whatsapp-number";

/** A field that is left out stays as it is. */
export type PreferenceChanges = {
  readonly [K in keyof Preferences]?: Preferences[K] | undefined;
} & {
  /** IANA name; null: what the number's country or the workspace says. */
  readonly timeZone?: string | null | undefined;
  readonly locale?: Locale | undefined;
  /** As somebody wrote it; null: WhatsApp goes to the phone number. */
  readonly whatsappNumber?: string | null | undefined;
};

export type SavePreferencesOutcome = { kind: "saved" } | WhatsappNumberFault;

export type Saving = {
  acting: { workspaceId: WorkspaceId; actor: Actor };
  person: { personId: string; userId: string | null };
  changes: PreferenceChanges;
  /** By the link in a message, without signing in. */
  via?: "link";
};

/**
 * Changes how a person wants to be reached (R008). Who changes another's is written down. What is kept
 * already is decided by the new ones when its time comes. All or nothing. A WhatsApp number of one's own
 * is not for this: it is claimed (changePreferences).
 *
 * @throws where somebody gives themselves one
 */
export async function savePreferences(
  deps: Pick<Deps, "db" | "clock" | "chance">,
  { acting, person, changes, via }: Saving,
): Promise<SavePreferencesOutcome> {
  const { workspaceId, actor } = acting;
  const { personId, userId } = person;
  const { timeZone, locale, whatsappNumber, ...chosen } = changes;
  const at = deps.clock.now();
  const isSame = isOwn({ actor, userId });
  return deps.db.transaction(async (tx): Promise<SavePreferencesOutcome> => {
    if (whatsappNumber !== undefined) {
      if (isSame) throw new Error("a WhatsApp number of one's own is claimed");
      const number = { workspaceId, personId, number: whatsappNumber };
      const fault = await setWhatsappNumber(deps, tx, number);
      if (fault) return fault;
    }
    const held = await lockPreferences(tx, { workspaceId, personIds: [personId], now: at });
    const before = held.get(personId);
    if (!before) throw new Error("a locked row is returned");
    const preferences = { ...before, ...given(chosen) };
    await putPreferences(tx, { workspaceId, personId, preferences, at });
    const about = given({ timeZone, locale });
    if (Object.keys(about).length > 0) {
      if (userId !== null) await updateUser(tx, userId, about);
      else await patchPerson(tx, { workspaceId, id: personId }, { ...about, updatedAt: at });
    }
    if (isSame) return { kind: "saved" };
    const target = { type: "person", id: personId };
    const data = { changed: Object.keys(given(changes)), ...(via && { via }) };
    const action = "preferences.changed";
    await insertAudit(tx, { workspaceId, at, actor, action, target, data });
    return { kind: "saved" };
  });
}

/** Are the preferences of this user changed by themselves? */
export function isOwn({ actor, userId }: { actor: Actor; userId: string | null }): boolean {
  return actor.kind === "user" && actor.userId === userId;
}
