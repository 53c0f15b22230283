import { z } from "zod";
import { defineOperation } from "@/lib/http/operation";
import { notificationSettingFields, notificationSettingsInput } from "@/lib/http/setting-fields";

const settings = z.object(notificationSettingFields).meta({ id: "NotificationSettings" });

const tag = "Administration";
const response = { status: 200, description: "As they are now", schema: settings } as const;

export const getNotificationSettings = defineOperation({
  tag,
  method: "GET",
  path: "/admin/notification-settings",
  summary: "What holds for the notifications of all",
  role: "admin",
  scope: "settings:read",
  response,
});

export const saveNotificationSettings = defineOperation({
  tag,
  method: "PATCH",
  path: "/admin/notification-settings",
  summary: "Change what holds for the notifications of all",
  description: "Alerts that wait for working hours are decided anew within a minute.",
  role: "admin",
  scope: "settings:write",
  body: notificationSettingsInput,
  response,
});
