"use server";

import { z } from "zod";
import { findNotification } from "@/db/queries/notifications";
import { viewerAction } from "@/lib/auth/action";
import { NOTIFICATION_CHANNELS } from "@/lib/domain/deciding/words";
import { id } from "@/lib/http/fields";
import { readNotifications } from "@/lib/notifications/read-notifications";
import { resendNotification } from "@/lib/notifications/resend-notification";
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

const resendInput = z.object({ id: z.uuid(), channel: z.enum(NOTIFICATION_CHANNELS) });

export const resendOnChannel = viewerAction(
  { role: "admin", input: resendInput },
  async (viewer, { id, channel }) => {
    const outcome = await resendNotification(getDeps(), viewer, { id, channels: [channel] });
    if (outcome.kind !== "resent") return { ok: false, code: outcome.kind };
    const [delivery] = outcome.deliveries;
    return delivery
      ? { ok: true, data: { fate: delivery.fate } }
      : { ok: false, code: "nothing_to_resend" };
  },
);
