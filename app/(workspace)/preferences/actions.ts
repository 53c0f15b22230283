"use server";

import { viewerAction } from "@/lib/auth/action";
import { preferenceChanges } from "@/lib/http/preference-fields";
import { savePreferences } from "@/lib/notifications/save-preferences";
import { getDeps } from "@/lib/runtime";

export const saveOwnPreferences = viewerAction(
  { role: "member", input: preferenceChanges },
  async (viewer, changes) => {
    const person = { personId: viewer.personId, userId: viewer.user.id };
    await savePreferences(getDeps(), { acting: viewer, person, changes });
    return { ok: true, data: null };
  },
);
