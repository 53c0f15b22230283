import { z } from "zod";
import { WEEKDAYS } from "../domain/deciding/local-time";
import { NOTIFICATION_CHANNELS, REMINDER_KEYS, SEVERITIES } from "../domain/deciding/words";
import { line, locale, moment, timeZone } from "./fields";

export const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Must be a time of day, like 22:00")
  .meta({ example: "22:00" });

const hours = z
  .strictObject({
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1, "Name at least one day")
      .refine((days) => new Set(days).size === days.length, "Name each day once"),
    start: clock,
    end: clock,
  })
  .refine(({ start, end }) => start !== end, {
    path: ["end"],
    message: "Must differ from start; 00:00 to 23:59 is a whole day but its last minute",
  });

/** Spans of hours by weekday, of a person or the workspace. */
export const weeklyHours = z.array(hours).max(20, "At most 20 spans");

const severity = z.enum(SEVERITIES);
const channels = z
  .array(z.enum(NOTIFICATION_CHANNELS))
  .refine((all) => new Set(all).size === all.length, "Name each channel once");

/** How a person wants to be reached, as the API and the screens say it. */
export const preferenceFields = {
  enabledChannels: channels,
  minSeverity: z
    .strictObject({ web: severity, email: severity, sms: severity, whatsapp: severity })
    .meta({ description: "Of alerts: weaker ones do not come by this channel" }),
  maxPerHour: z
    .number()
    .int("Must be a whole number")
    .min(1, "Must be at least 1")
    .max(1000, "Must be at most 1000")
    .nullable()
    .meta({ description: "Alerts an hour over all sources; null: as many as there are" }),
  quietHours: weeklyHours.meta({
    description: "In the person's own zone; a night belongs to the day it starts on",
  }),
  criticalPasses: z.boolean().meta({ description: "Critical ones come in quiet hours too" }),
  aggregation: z.boolean().meta({ description: "Alerts of a type that follow each other as one" }),
  reminders: z
    .strictObject(
      Object.fromEntries(REMINDER_KEYS.map((key) => [key, z.boolean()])) as Record<
        (typeof REMINDER_KEYS)[number],
        z.ZodBoolean
      >,
    )
    .catchall(z.boolean())
    .refine((all) => Object.keys(all).length <= 100, "At most 100 switches")
    .meta({
      description:
        "Which reminders are wanted: of loans by their key, of a type of the workspace's own by the type's key; one that is not named is wanted",
    }),
  categories: z
    .record(z.string().min(1).max(64), channels)
    .refine((all) => Object.keys(all).length <= 100, "At most 100 categories")
    .meta({ description: "By category, the channels on which it is off" }),
  types: z
    .array(line(64))
    .max(100, "At most 100 types")
    .meta({ description: "Types that are off everywhere" }),
  mutedTypes: z
    .record(
      line(64),
      moment.transform((until) => until.toISOString()),
    )
    .refine((all) => Object.keys(all).length <= 100, "At most 100 types")
    .meta({ description: "By type, until when it is off everywhere" }),
};

/** What the holder of a preference link may change: no address. */
export const linkedChanges = z
  .strictObject({ ...preferenceFields, mutedUntil: moment.nullable(), locale })
  .partial();

/** What is to change of it. */
export const preferenceChanges = z
  .strictObject({
    ...preferenceFields,
    mutedUntil: moment.nullable(),
    timeZone: timeZone.nullable(),
    locale,
    whatsappNumber: z
      .string()
      .trim()
      .max(40, "At most 40 characters")
      .nullable()
      .meta({ description: "null: WhatsApp goes to the phone number" }),
  })
  .partial()
  .meta({
    id: "PreferencesInput",
    description: "A field that is left out stays as it is",
    example: {
      enabledChannels: ["web", "sms"],
      quietHours: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "22:00", end: "07:00" }],
    },
  });
