import { toNamedTypes } from "@/app/(workspace)/preferences/named-types";
import { findHeldBox } from "@/db/queries/held";
import { findNotificationRules } from "@/db/queries/notification-rules";
import { findPreferences } from "@/db/queries/preferences";
import { findWorkspace } from "@/db/queries/workspaces";
import { maskAddress } from "@/lib/domain/mask-address";
import type { Locale } from "@/lib/domain/words";
import { openPreferenceLink } from "@/lib/notifications/preference-links";
import { readRecipients } from "@/lib/notifications/recipients";
import type { Deps } from "@/lib/ports/deps";
import { SHOWN_HELD, toShownHeld } from "../../(workspace)/preferences/shown-held";
import { toShownPreferences } from "../../(workspace)/preferences/shown-preferences";

/** All that the page behind a link shows: no address in full, no word of a message. null: a dead link. */
export async function readLinked(
  deps: Pick<Deps, "db" | "clock">,
  { token, locale }: { token: string; locale: Locale },
) {
  const link = await openPreferenceLink(deps, token);
  if (!link) return null;
  const { db, clock } = deps;
  const { workspaceId, personId } = link;
  const of = { workspaceId, personIds: [personId] };
  const at = clock.now();
  const [preferences, box, rules, workspace] = await Promise.all([
    findPreferences(db, of),
    findHeldBox(db, { ...link, limit: SHOWN_HELD }),
    findNotificationRules(db, workspaceId),
    findWorkspace(db, workspaceId),
  ]);
  const { defaultCountry: homeCountry } = rules;
  const { recipients } = await readRecipients(db, { ...of, types: [], rules, preferences, at });
  const recipient = recipients.get(personId);
  if (!(recipient && workspace)) return null;
  const types = toNamedTypes(rules.types, locale);
  const maskedAt = (channel: "email" | "sms" | "whatsapp") => {
    const { value } = recipient.reach({ channel, given: null, told: null });
    return value && maskAddress(value);
  };
  return {
    workspace: workspace.name,
    saved: toShownPreferences(preferences.get(personId), at),
    held: toShownHeld(box, { locale, zone: recipient.zone }, types),
    types,
    places: {
      email: maskedAt("email"),
      phone: maskedAt("sms"),
      whatsapp: maskedAt("whatsapp"),
      homeCountry,
      hasWeb: recipient.isUser,
      isOwn: false,
    },
    zone: recipient.zone,
  };
}
