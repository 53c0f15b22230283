"use server";

import { z } from "zod";
import { findRecipients } from "@/db/queries/recipients";
import { viewerAction } from "@/lib/auth/action";
import { id } from "@/lib/http/fields";
import { preferenceChanges } from "@/lib/http/preference-fields";
import { revokePreferenceLink } from "@/lib/notifications/preference-links";
import { savePreferences } from "@/lib/notifications/save-preferences";
import { getDeps } from "@/lib/runtime";
import { refusedField } from "../refused-field";

const NOT_FOUND = { ok: false, code: "not_found" } as const;

export const saveOthersPreferences = viewerAction(
  { role: "admin", input: z.strictObject({ personId: id, changes: preferenceChanges }) },
  async (viewer, { personId, changes }) => {
    const deps = getDeps();
    const { workspaceId } = viewer;
    const [person] = await findRecipients(deps.db, { workspaceId, personIds: [personId] });
    if (!person) return NOT_FOUND;
    const outcome = await savePreferences(deps, { acting: viewer, person, changes });
    if (outcome.kind !== "saved") return refusedField("whatsappNumber", outcome.kind);
    return { ok: true, data: null };
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
