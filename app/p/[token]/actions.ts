"use server";

import { z } from "zod";
import { findNotificationRules } from "@/db/queries/notification-rules";
import { findRecipients } from "@/db/queries/recipients";
import { type ActionResult, publicAction } from "@/lib/auth/action";
import { countAgainst } from "@/lib/auth/count-against";
import type { WorkspaceId } from "@/lib/domain/workspace-id";
import { id, locale } from "@/lib/http/fields";
import { linkedChanges } from "@/lib/http/preference-fields";
import { muteHeldType } from "@/lib/notifications/mute-held-type";
import { openPreferenceLink } from "@/lib/notifications/preference-links";
import { readHeld } from "@/lib/notifications/read-held";
import { savePreferences } from "@/lib/notifications/save-preferences";
import { sendHeld } from "@/lib/notifications/send-held";
import { getDeps } from "@/lib/runtime";
import { toFates } from "../../(workspace)/preferences/shown-held";

const token = z.string().min(1).max(200);
const named = z.strictObject({ token, id, locale });
const DEAD = { ok: false, code: "invalid_link" } as const;
const NOT_FOUND = { ok: false, code: "not_found" } as const;
/** Changes by one link. */
const LIMIT = { prefix: "preference-link", points: 120, seconds: 900 };

export const saveByLink = publicAction(
  z.strictObject({ token, changes: linkedChanges }),
  async ({ token: given, changes }): Promise<ActionResult<null>> => {
    const link = await open(given);
    if (!link.isOpen) return link.failure;
    const deps = getDeps();
    const { workspaceId, personId } = link;
    const [person] = await findRecipients(deps.db, { workspaceId, personIds: [personId] });
    if (!person) return DEAD;
    const acting = { workspaceId, actor: { kind: "system" } as const };
    await savePreferences(deps, { acting, person, changes, via: "link" });
    return { ok: true, data: null };
  },
);

export const sendHeldByLink = publicAction(named, async (input) => {
  const link = await open(input.token);
  if (!link.isOpen) return link.failure;
  const found = await sendHeld(getDeps(), { ...link, notificationId: input.id });
  return found
    ? { ok: true, data: toFates(found.deliveries, { locale: input.locale, zone: link.zone }) }
    : NOT_FOUND;
});

export const readHeldByLink = publicAction(named, async (input) => {
  const link = await open(input.token);
  if (!link.isOpen) return link.failure;
  const found = await readHeld(getDeps(), { ...link, notificationId: input.id });
  return found
    ? { ok: true, data: toFates(found.deliveries, { locale: input.locale, zone: link.zone }) }
    : NOT_FOUND;
});

export const muteHeldByLink = publicAction(
  named.extend({ span: z.enum(["hour", "day"]) }),
  async (input) => {
    const link = await open(input.token);
    if (!link.isOpen) return link.failure;
    const { span, id: notificationId } = input;
    const muted = await muteHeldType(getDeps(), { ...link, notificationId, span });
    return muted ? { ok: true, data: muted } : NOT_FOUND;
  },
);

type Failure = Extract<ActionResult<never>, { ok: false }>;
type Opened =
  | { isOpen: true; workspaceId: WorkspaceId; personId: string; zone: string }
  | { isOpen: false; failure: Failure };

/** Whose link it is; tries by a dead one cost nothing but the look-up. */
async function open(given: string): Promise<Opened> {
  const deps = getDeps();
  const link = await openPreferenceLink(deps, given);
  if (!link) return { isOpen: false, failure: DEAD };
  const waitSeconds = await countAgainst(deps, [{ limit: LIMIT, key: link.personId }]);
  if (waitSeconds > 0) {
    return { isOpen: false, failure: { ok: false, code: "throttled", data: { waitSeconds } } };
  }
  const { zone } = await findNotificationRules(deps.db, link.workspaceId);
  return { isOpen: true, ...link, zone };
}
