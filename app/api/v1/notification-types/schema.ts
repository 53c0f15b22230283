import { z } from "zod";
import { NOTIFICATION_CHANNELS, SEVERITIES } from "@/lib/domain/deciding/words";
import { TYPE_KINDS } from "@/lib/domain/notification-types/notification-type";
import { line } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { typeFields } from "@/lib/http/type-fields";
import { templateVariable } from "../templates/schema";

const key = line(64).meta({ example: "order.shipped", description: "A set and a name" });

const notificationType = z
  .object({
    key: z.string(),
    origin: z.enum(["ready", "changed", "own"]).meta({
      description: "`changed`: a ready one that the workspace tells otherwise than it ships",
    }),
    ...typeFields,
    kind: z.enum(TYPE_KINDS),
    category: z.string(),
    severities: z.array(z.enum(SEVERITIES)).meta({ description: "Those that it can have" }),
    channels: z.array(z.enum(NOTIFICATION_CHANNELS)),
    isReported: z.boolean().meta({
      description: "false: it follows from others and is not taken as an event",
    }),
    variables: z.array(templateVariable),
    hasTemplate: z.boolean().meta({
      description:
        "false: one of the workspace's own that has no template in use: its events bring `title` and `message` in their data",
    }),
  })
  .meta({ id: "NotificationType" });

const tag = "Notifications";
const keyParams = z.object({ key: z.string() });
const written = { status: 200, description: "As it is now", schema: notificationType } as const;
const faults = [
  "reserved_category",
  "reply_code",
  "unknown_severity",
  "name_twice",
  "name_reserved",
  "invalid_key",
  "invalid_default",
  "invalid_example",
  "step_twice",
  "whole_days",
  "repeats_after",
  "unknown_variable",
];
const invalid = faults.map((code) => ({ status: 422, code }));

export const listNotificationTypes = defineOperation({
  tag,
  method: "GET",
  path: "/notification-types",
  summary: "The types of the workspace: the ready ones by their sets, then its own",
  role: "agent",
  scope: "notifications:read",
  response: {
    status: 200,
    description: "All of them, on one page",
    schema: z.object({ data: z.array(notificationType), nextCursor: z.null() }),
  },
});

const { isTimeSensitive, isActive, variables, replyCodes, canceledBy, reminderPlan, ...needed } =
  typeFields;

export const createNotificationType = defineOperation({
  tag,
  method: "POST",
  path: "/notification-types",
  summary: "Make a type of the workspace's own",
  description:
    "Its templates are written under its key (`POST /templates`), for each channel and language that is to have one. Where there is none, its events say it in `title` and `message` of their data.",
  role: "admin",
  scope: "settings:write",
  body: z
    .strictObject({
      key,
      ...needed,
      isTimeSensitive: isTimeSensitive.default(false),
      isActive: isActive.default(true),
      variables: variables.default([]),
      replyCodes: replyCodes.default([]),
      canceledBy: canceledBy.default([]),
      reminderPlan: reminderPlan.default([]),
    })
    .meta({
      id: "NotificationTypeInput",
      example: {
        key: "order.shipped",
        kind: "transactional",
        category: "orders",
        severity: "medium",
        channels: ["sms", "email"],
        names: { fr: "Commande expédiée", en: "Order shipped" },
        variables: [
          { name: "customer_name", type: "text", default: "" },
          { name: "parcel_number", type: "text", default: null },
        ],
      },
    }),
  response: { status: 201, description: "The new type", schema: notificationType },
  refusals: [...invalid, { status: 409, code: "key_taken" }],
  isIdempotent: true,
});

export const getNotificationType = defineOperation({
  tag,
  method: "GET",
  path: "/notification-types/{key}",
  summary: "One type",
  role: "agent",
  scope: "notifications:read",
  params: keyParams,
  response: { status: 200, description: "The type", schema: notificationType },
});

export const saveNotificationType = defineOperation({
  tag,
  method: "PUT",
  path: "/notification-types/{key}",
  summary: "Change a type; a field that is left out stays as it is",
  description:
    "Of a ready type, how it is told can be set: `names`, `severity`, `channels`, `isTimeSensitive`, `isActive` and `replyCodes`. What is reported of a type that is not active is kept, and refused on every channel as `type_inactive`. A variable that a template of the type needs cannot be taken from it (`variable_used`).",
  role: "admin",
  scope: "settings:write",
  params: keyParams,
  body: z
    .strictObject(typeFields)
    .partial()
    .meta({ id: "NotificationTypeChanges", example: { isActive: false } }),
  response: written,
  refusals: [
    ...invalid,
    { status: 422, code: "fixed_by_set" },
    { status: 422, code: "variable_used" },
  ],
});

export const deleteNotificationType = defineOperation({
  tag,
  method: "DELETE",
  path: "/notification-types/{key}",
  summary: "Delete a type of the workspace's own; a ready one becomes again what it ships as",
  description: "The templates of a type of the workspace's own go with it.",
  role: "admin",
  scope: "settings:write",
  params: keyParams,
  response: { status: 204, description: "Deleted" },
});
