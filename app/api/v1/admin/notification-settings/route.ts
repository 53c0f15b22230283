import { findNotificationSettings } from "@/db/queries/notification-rules";
import { type ApiContext, apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { saveNotificationSettings } from "@/lib/notifications/save-notification-settings";
import * as operations from "./schema";

const get = apiRoute(operations.getNotificationSettings, async (context) => answer(context));

const save = apiRoute(operations.saveNotificationSettings, async ({ body, ...context }) => {
  await saveNotificationSettings(context.deps, context.caller, body);
  return answer(context);
});

async function answer({ deps, caller }: Pick<ApiContext, "deps" | "caller">) {
  const { workingHours, ...settings } = await findNotificationSettings(deps.db, caller.workspaceId);
  const hours = workingHours.map(({ days, ...span }) => ({ ...span, days: [...days] }));
  return { status: 200 as const, body: { ...settings, workingHours: hours } };
}

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: get, PATCH: save });
