"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { NOTIFICATION_CHANNELS } from "@/lib/domain/deciding/words";
import { readAll } from "@/lib/notifications/read-all";
import { resendNotification } from "@/lib/notifications/resend-notification";
import { getDeps } from "@/lib/runtime";

export const readAllNotifications = viewerAction(
  { role: "member", input: z.object({}) },
  async (viewer) => {
    await readAll(getDeps(), viewer);
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
