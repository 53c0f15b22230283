"use server";

import { viewerAction } from "@/lib/auth/action";
import { notificationSettingsInput } from "@/lib/http/setting-fields";
import { saveNotificationSettings } from "@/lib/notifications/save-notification-settings";
import { getDeps } from "@/lib/runtime";

export const saveSettings = viewerAction(
  { role: "admin", input: notificationSettingsInput },
  async (viewer, changes) => {
    await saveNotificationSettings(getDeps(), viewer, changes);
    return { ok: true, data: null };
  },
);
