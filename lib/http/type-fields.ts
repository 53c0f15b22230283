import { z } from "zod";
import { NOTIFICATION_CHANNELS, SEVERITIES } from "../domain/deciding/words";
import { TYPE_KINDS } from "../domain/notification-types/notification-type";
import { REPLY_ACTIONS } from "../domain/reply-codes/reply-code";
import { aVariable } from "../domain/templates/template-input";
import { VARIABLE_TYPES, type Variable } from "../domain/templates/variables";
import { line, words } from "./fields";
import { clock } from "./preference-fields";

const variable = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, "Must be small letters, digits and _, like ticket_number"),
  type: z.enum(VARIABLE_TYPES),
  default: words(200).nullable().default(null).meta({
    description:
      "Stands in where an event brings none; null: it has to bring one, or `title` and `message`",
  }),
  examples: z
    .strictObject({ short: words(200), long: words(200) })
    .optional()
    .meta({ description: "Left out: usual ones of the type" }),
});

/** Variables as somebody declares them, with the examples that they left out. */
export function declaredVariables(given: readonly z.output<typeof variable>[]): Variable[] {
  return given.map(({ examples, ...one }) => {
    const usual = aVariable(one.name, one.type, one.default);
    return { ...usual, examples: examples ?? usual.examples };
  });
}

const DAY = 86_400;
const YEAR = 366 * DAY;

const planStep = z.strictObject({
  key: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, "Must be letters, digits, - and _, like J-2")
    .meta({ example: "J-2" }),
  offset: z
    .int("Must be a whole number of seconds")
    .min(-YEAR, "At most a year before")
    .max(YEAR, "At most a year after")
    .meta({
      example: -2 * DAY,
      description: "Seconds from the due time, before it negative; whole days where `time` is set",
    }),
  time: clock
    .nullable()
    .default(null)
    .meta({ description: "Hour of the workspace's clock on that day; null: to the second" }),
  condition: z
    .strictObject({
      variable: line(64),
      oneOf: z.array(line(100)).min(1, "Name at least one value").max(20, "At most 20 values"),
    })
    .nullable()
    .default(null)
    .meta({ description: "Only where a variable of the type has one of these values" }),
  dailyAtMost: z
    .int("Must be a whole number")
    .min(1, "Must be at least 1")
    .max(100, "At most 100 days")
    .nullable()
    .default(null)
    .meta({
      description:
        "Every day from then on, once the due time has passed, until an event of `canceledBy`; null: once",
    }),
});

/** What a workspace sets about a notification type, as the API and the screens say it. */
export const typeFields = {
  kind: z.enum(TYPE_KINDS),
  category: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/, "Must be small letters, digits and _, like orders")
    .meta({ description: "People switch whole categories on and off" }),
  severity: z.enum(SEVERITIES).meta({ description: "The usual one, where none is named" }),
  channels: z
    .array(z.enum(NOTIFICATION_CHANNELS))
    .min(1, "Name at least one channel")
    .refine((all) => new Set(all).size === all.length, "Name each channel once"),
  isTimeSensitive: z
    .boolean()
    .meta({ description: "Of no use 15 min later: passes quiet and working hours" }),
  isActive: z.boolean(),
  names: z.strictObject({ fr: line(80), en: line(80) }),
  variables: z.array(variable).max(50, "At most 50 variables").meta({
    description:
      "What its templates may say. `customer_name`, `item_name`, `due`, `link` and `occurred_at` are filled from the recipient, the subject and the time; all others from the event's `data`",
  }),
  replyCodes: z
    .array(z.strictObject({ word: line(20), action: z.enum(REPLY_ACTIONS) }))
    .max(10, "At most 10 words")
    .meta({ description: "Words by which its reader answers, besides the usual ones" }),
  canceledBy: z.array(line(64)).max(20, "At most 20 types").meta({
    description:
      "Types of events about the same subject that make it pointless, and end its reminders",
  }),
  reminderPlan: z.array(planStep).max(20, "At most 20 reminders").meta({
    description:
      "Reminders that its events plan by their subject's `dueAt` or `dueOn`, each told as this type with its key as the variable `reminder`; holds for what is reported from then on",
  }),
};
