import { alertTypeKey } from "@/lib/domain/notification-types/find-type";
import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { answerRaised, toNewNotification, unknownType } from "../notifications/answers";
import * as operations from "../notifications/schema";

const raise = apiRoute(operations.raiseAlert, async ({ body, ...context }) => {
  const { userId, alertType, ...given } = body;
  const notification = await toNewNotification(context, {
    ...given,
    recipient: { userId },
    type: alertTypeKey(alertType),
    sendImmediately: false,
  });
  if (notification?.kind !== "alert") return { problem: unknownType("alertType") };
  return answerRaised(context, notification, "userId");
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: raise });
