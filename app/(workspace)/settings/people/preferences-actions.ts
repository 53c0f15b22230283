"use server";

import { z } from "zod";
import { findRecipients } from "@/db/queries/recipients";
import { viewerAction } from "@/lib/auth/action";
import { changePreferences } from "@/lib/auth/change-preferences";
import { id } from "@/lib/http/fields";
import { preferenceChanges } from "@/lib/http/preference-fields";
import { revokePreferenceLink } from "@/lib/notifications/preference-links";
import { getDeps } from "@/lib/runtime";
import { toSavedPreferences } from "../../preferences/saved-preferences";

const NOT_FOUND = { ok: false, code: "not_found" } as const;

export const saveOthersPreferences = viewerAction(
  { role: "admin", input: z.strictObject({ personId: id, changes: preferenceChanges }) },
  async (viewer, { personId, changes }) => {
    const deps = getDeps();
    const { workspaceId } = viewer;
    const [person] = await findRecipients(deps.db, { workspaceId, personIds: [personId] });
    if (!person) return NOT_FOUND;
    return toSavedPreferences(await changePreferences(deps, { acting: viewer, person, changes }));
  },
);

export const revokeLink = viewerAction(
  { role: "admin", input: z.strictObject({ personId: id }) },
  async (viewer, { personId }) => {
    const deps = getDeps();
    const { workspaceId } = viewer;
    const [person] = await findRecipients(deps.db, { workspaceId, personIds: [personId] });
    if (!person) return NOT_FOUND;
    await revokePreferenceLink(deps, viewer, personId);
    return { ok: true, data: null };
  },
);
