import { z } from "zod";
import { VARIABLE_TYPES } from "@/lib/domain/templates/variables";
import { CHANNELS } from "@/lib/domain/words";
import { id, idParams, line, locale, time } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { pageOf, pageQuery } from "@/lib/http/pagination";
import { message } from "../messages/schema";

export const templateVariable = z
  .object({
    name: z.string().meta({ example: "ticket_number" }),
    type: z.enum(VARIABLE_TYPES),
    default: z
      .string()
      .nullable()
      .meta({ description: "Stands in where none is given; null: it has to be given" }),
    examples: z.object({ short: z.string(), long: z.string() }),
  })
  .meta({ id: "TemplateVariable" });

const approved = z.record(
  z.uuid(),
  z.strictObject({
    contentSid: z.string().regex(/^HX[\da-f]{32}$/, "Must be a content SID, HX and 32 digits"),
    variables: z
      .record(z.string().max(100), z.string().max(1000))
      .meta({ description: 'Liquid for each place: `{ "1": "{{ customer_name }}" }`' }),
  }),
);

const words = {
  name: z.string(),
  subject: z.string().nullable().meta({ description: "E-mail; else null" }),
  body: z.string().meta({ description: "Liquid: HTML or plain text in an e-mail, else text" }),
  isActive: z.boolean().meta({
    description:
      "false: of a ready type the shipped words hold, of one of the workspace's own what its events say, and a custom one cannot be sent",
  }),
  variables: z.array(templateVariable),
  approved: approved.meta({
    description:
      "WhatsApp: by integration, the approved text that is sent outside the 24 h after the person's last message",
  }),
};

const usage = z
  .object({
    lastUsedAt: time,
    ended: z.number().int().meta({ description: "Of the last 1000 sends, those that ended" }),
    succeeded: z.number().int().meta({ description: "Of these, those that arrived or left" }),
  })
  .nullable()
  .meta({ description: "null: nothing was written with it" });

export const template = z
  .object({
    id,
    channel: z.enum(CHANNELS),
    event: z.string().meta({ example: "ticket.called" }),
    locale,
    ...words,
    version: z.number().int().meta({ description: "0: as shipped" }),
    updatedAt: time.nullable().meta({ description: "null: as shipped" }),
    usage,
  })
  .meta({ id: "Template" });

const variableInput = z.strictObject({
  name: z
    .string()
    .max(60)
    .regex(/^[A-Za-z_]\w*$/, "Letters, digits and _, no digit first"),
  type: z.enum(VARIABLE_TYPES).default("text"),
  default: z.string().max(1000).nullable().default(null),
  examples: z
    .strictObject({ short: z.string().max(1000), long: z.string().max(1000) })
    .optional()
    .meta({ description: "Left out: usual ones of the type" }),
});

const written = {
  name: line(120),
  subject: z.string().trim().min(1).nullable().default(null),
  body: z.string().min(1, "A template says something"),
  isActive: z.boolean().default(true),
  variables: z.array(variableInput).max(50).optional().meta({
    description:
      "Of a custom template; a type's has the type's, and in texts reply_hint: what may be answered. Left out: every name in it, as a text that has to be given",
  }),
  approved: approved.default({}),
};

const event = line(64).meta({
  example: "ticket.called",
  description: "`custom`, or the key of a type of `GET /notification-types`, also of your own",
});

const place = {
  channel: z.enum(CHANNELS, 'Must be "sms", "whatsapp" or "email"'),
  event: event.default("custom"),
  locale: locale.default("fr"),
};

const templateInput = z.strictObject({ ...place, ...written }).meta({ id: "TemplateInput" });
export type TemplateBody = z.output<typeof templateInput>;

const templateChange = z
  .strictObject({
    ...written,
    channel: z.enum(CHANNELS).optional(),
    event: event.optional(),
    locale: locale.optional(),
    version: z.number().int().min(0).optional().meta({
      description:
        "The one that you have read: where it is no longer the newest, nothing is stored",
    }),
  })
  .meta({ id: "TemplateChange" });
export type TemplateChangeBody = z.output<typeof templateChange>;

const example = {
  name: "Ticket appelé",
  channel: "sms",
  event: "ticket.called",
  locale: "fr",
  subject: null,
  body: "Bonjour {{ customer_name }}, votre ticket {{ ticket_number }} est appelé.",
  isActive: true,
};

const inputRefusals = [
  { status: 409, code: "template_exists" },
  { status: 409, code: "name_taken" },
  { status: 422, code: "unknown_variable" },
  { status: 422, code: "invalid_template" },
  { status: 422, code: "required" },
  { status: 422, code: "too_long" },
  { status: 422, code: "subject_not_for_channel" },
  { status: 422, code: "approved_not_for_channel" },
  { status: 422, code: "duplicate_variable" },
  { status: 422, code: "invalid_default" },
  { status: 422, code: "unknown_event" },
];
const changed = { status: 409, code: "template_changed" };

const filter = {
  event: z.string().max(100).optional(),
  channel: z.enum(CHANNELS).optional(),
  locale: locale.optional(),
};

export const listTemplates = defineOperation({
  method: "GET",
  path: "/templates",
  tag: "Templates",
  summary: "What is said about each event, by channel and language, and the custom templates",
  description: "Also the shipped ones that nobody has changed.",
  role: "agent",
  scope: "templates:read",
  query: z.object({ limit: pageQuery.limit, cursor: z.string().max(100).optional(), ...filter }),
  response: { status: 200, description: "A page of templates", schema: pageOf(template) },
});

export const createTemplate = defineOperation({
  method: "POST",
  path: "/templates",
  tag: "Templates",
  summary: "Write the workspace's own words about an event, or a custom template",
  description:
    "A variable that the event does not bring is refused by its name. Of a channel and language an event has one template.",
  role: "admin",
  scope: "templates:write",
  body: templateInput.meta({ example }),
  response: { status: 201, description: "The template", schema: template },
  refusals: inputRefusals,
  isIdempotent: true,
});

export const getTemplate = defineOperation({
  method: "GET",
  path: "/templates/{id}",
  tag: "Templates",
  summary: "One template",
  role: "agent",
  scope: "templates:read",
  params: idParams,
  response: { status: 200, description: "The template", schema: template },
});

const { event: _, channel: __, locale: ___, ...changeExample } = example;

export const updateTemplate = defineOperation({
  method: "PUT",
  path: "/templates/{id}",
  tag: "Templates",
  summary: "Write a template anew",
  description:
    "Fields that are left out take their defaults. Event, channel and language stay what they are. The first change of a shipped template makes it the workspace's own, under the same id.",
  role: "admin",
  scope: "templates:write",
  params: idParams,
  body: templateChange.meta({ example: { ...changeExample, version: 0 } }),
  response: { status: 200, description: "The template as it is now", schema: template },
  refusals: [...inputRefusals, changed, { status: 422, code: "place_is_fixed" }],
});

export const deleteTemplate = defineOperation({
  method: "DELETE",
  path: "/templates/{id}",
  tag: "Templates",
  summary: "Delete a template that nothing was written with",
  description:
    "Of a ready type the shipped words hold again; of one of the workspace's own, what its events say.",
  role: "admin",
  scope: "templates:write",
  params: idParams,
  response: { status: 204, description: "Gone" },
  refusals: [
    { status: 409, code: "template_in_use" },
    { status: 409, code: "template_is_shipped" },
  ],
});

const values = {
  variables: z
    .record(z.string().max(100), z.unknown())
    .default({})
    .meta({ description: "A value for each variable" }),
  sample: z.enum(["short", "long", "last"]).optional().meta({
    description:
      "What fills the variables without a value: the examples, or what filled it when it was last sent",
  }),
};

export const renderTemplate = defineOperation({
  method: "POST",
  path: "/templates/{id}/render",
  tag: "Templates",
  summary: "What a template says, filled; nothing is sent",
  role: "agent",
  scope: "templates:read",
  params: idParams,
  body: z.strictObject(values).meta({
    id: "RenderInput",
    example: { variables: { customer_name: "Awa", ticket_number: "A-042" } },
  }),
  response: {
    status: 200,
    description: "The text as its recipient reads it, in the workspace's time zone",
    schema: z
      .object({
        subject: z.string().nullable(),
        body: z.string(),
        html: z.string().nullable(),
        segments: z.number().int().nullable().meta({ description: "SMS; else null" }),
        encoding: z.enum(["GSM-7", "UCS-2"]).nullable(),
      })
      .meta({ id: "Rendering" }),
  },
  refusals: [
    { status: 422, code: "template_variable_missing" },
    { status: 422, code: "template_variable_invalid" },
  ],
});

export const testTemplate = defineOperation({
  method: "POST",
  path: "/templates/{id}/test",
  tag: "Templates",
  summary: "Send a template for real to a number or address of your choice",
  description: "Goes through the outbox as every message does; it does not count as a use.",
  role: "admin",
  scope: "templates:write",
  params: idParams,
  body: z
    .strictObject({ to: line(254), integrationId: id.optional(), ...values })
    .meta({ id: "TemplateTestInput", example: { to: "0612345678", sample: "short" } }),
  response: { status: 202, description: "Stored; it leaves in a moment", schema: message },
  refusals: [
    { status: 422, code: "template_variable_missing" },
    { status: 422, code: "template_variable_invalid" },
    { status: 422, code: "invalid_phone_number" },
    { status: 422, code: "invalid_email" },
    { status: 422, code: "opted_out" },
    { status: 422, code: "integration_not_found" },
    { status: 422, code: "sms_not_configured" },
    { status: 422, code: "email_not_configured" },
    { status: 422, code: "whatsapp_window_closed" },
  ],
  isIdempotent: true,
});

export const templateVersion = z
  .object({
    ...words,
    version: z.number().int(),
    savedAt: time,
    savedBy: z.string().nullable().meta({ description: "null: an API key" }),
  })
  .meta({ id: "TemplateVersion" });

export const listVersions = defineOperation({
  method: "GET",
  path: "/templates/{id}/versions",
  tag: "Templates",
  summary: "Every form that was saved, the newest first",
  role: "agent",
  scope: "templates:read",
  params: idParams,
  response: {
    status: 200,
    description: "The versions; empty: as shipped",
    schema: z.object({ data: z.array(templateVersion) }).meta({ id: "TemplateVersions" }),
  },
});

export const restoreVersion = defineOperation({
  method: "POST",
  path: "/templates/{id}/versions/{version}/restore",
  tag: "Templates",
  summary: "Make an earlier version the newest one again; 0 are the shipped words",
  role: "admin",
  scope: "templates:write",
  params: idParams.extend({ version: z.coerce.number().int().min(0).max(1_000_000) }),
  response: { status: 200, description: "The template as it is now", schema: template },
  refusals: [
    { status: 409, code: "name_taken" },
    { status: 422, code: "unknown_variable" },
  ],
});
