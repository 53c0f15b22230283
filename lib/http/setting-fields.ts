import { z } from "zod";
import { API_LIMIT_BOUNDS } from "../domain/api-limits";
import { AGGREGATION_BOUNDS } from "../domain/deciding/aggregation";
import { FREQUENCY_BOUNDS } from "../domain/deciding/high-frequency";
import { timeZone } from "./fields";
import { weeklyHours } from "./preference-fields";

const limit = whole(API_LIMIT_BOUNDS).nullable();

/** What the workspace says about the notifications of all, as the API and the screens say it. */
export const notificationSettingFields = {
  timeZone,
  workingHours: weeklyHours.meta({
    description: "When notifications leave, in the workspace's zone; none: at any hour",
  }),
  demandsVerified: z
    .boolean()
    .meta({ description: "Users are reached at verified addresses only" }),
  aggregationSeconds: whole(AGGREGATION_BOUNDS).meta({
    description: "How long alerts of a type are gathered after the first; 0: not at all",
  }),
  highFrequency: z
    .strictObject({
      isOn: z.boolean(),
      alerts: whole(FREQUENCY_BOUNDS.alerts),
      seconds: whole(FREQUENCY_BOUNDS.seconds),
    })
    .meta({ description: "So many alerts to somebody in so many seconds raise one of their own" }),
  apiLimits: z
    .strictObject({
      perMinute: limit,
      perRecipientHour: limit,
      perRecipientDay: limit,
    })
    .meta({
      description:
        "Messages, notifications and events that systems may ask for: in a minute, and for one person in an hour and in a day; null: as many as they like",
    }),
};

/** What is to change of it. */
export const notificationSettingsInput = z
  .strictObject(notificationSettingFields)
  .partial()
  .meta({
    id: "NotificationSettingsInput",
    description: "A field that is left out stays as it is",
    example: {
      workingHours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "08:00", end: "19:00" }],
      highFrequency: { isOn: true, alerts: 10, seconds: 300 },
    },
  });

function whole({ least, most }: { least: number; most: number }) {
  return z
    .number()
    .int("Must be a whole number")
    .min(least, `Must be at least ${least}`)
    .max(most, `Must be at most ${most}`);
}
