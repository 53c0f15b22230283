import { z } from "zod";
import { NOTIFICATION_CHANNELS, SEVERITIES } from "../domain/deciding/words";
import { TYPE_KINDS } from "../domain/notification-types/notification-type";
import { REPLY_ACTIONS } from "../domain/reply-codes/reply-code";
import { aVariable } from "../domain/templates/template-input";
import { VARIABLE_TYPES, type Variable } from "../domain/templates/variables";
import { line, words } from "./fields";

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
  canceledBy: z
    .array(line(64))
    .max(20, "At most 20 types")
    .meta({ description: "Types of events about the same subject that make it pointless" }),
};
