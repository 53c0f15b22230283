"use server";

import { z } from "zod";
import { findNotification } from "@/db/queries/notifications";
import { viewerAction } from "@/lib/auth/action";
import { id } from "@/lib/http/fields";
import { readNotifications } from "@/lib/notifications/read-notifications";
import { getDeps } from "@/lib/runtime";

export const readAllNotifications = viewerAction(
  { role: "member", input: z.object({}) },
  async ({ workspaceId, personId }) => {
    await readNotifications(getDeps(), { workspaceId, personId, ids: null });
    return { ok: true, data: null };
  },
);

export const readNotification = viewerAction(
  { role: "member", input: z.strictObject({ id }) },
  async ({ workspaceId, personId }, input) => {
    const deps = getDeps();
    const found = await findNotification(deps.db, { workspaceId, personId, id: input.id });
    if (!found) return { ok: false, code: "not_found" };
    await readNotifications(deps, { workspaceId, personId, ids: [input.id] });
    return { ok: true, data: null };
  },
);
