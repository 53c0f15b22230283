import { z } from "zod";
import {
  findCountFault,
  MAX_BODY_UNITS,
  MAX_EMAIL_HTML_UNITS,
  MAX_EMAIL_TEXT_UNITS,
} from "@/lib/domain/message-body";
import { CHANNELS, DIRECTIONS, MESSAGE_KINDS, MESSAGE_STATUSES } from "@/lib/domain/words";
import { freeData, id, idParams, line, moment, plannedMoment, time } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { pageOf, pageQuery } from "@/lib/http/pagination";

const MAX_BATCH = 100;

export const message = z
  .object({
    id,
    direction: z.enum(DIRECTIONS).meta({ description: "`in`: received, `out`: ours" }),
    channel: z.enum(CHANNELS),
    kind: z.enum(MESSAGE_KINDS),
    from: z.string().meta({ example: "+33199000000" }),
    to: z.string().meta({ example: "+33612345678" }),
    body: z.string(),
    subject: z.string().nullable(),
    status: z.enum(MESSAGE_STATUSES).meta({
      description:
        "`queued`: not handed over yet. `accepted`: the provider has it. `unconfirmed`: perhaps sent, and never sent again blindly",
    }),
    statusReason: z.string().nullable().meta({
      description:
        "Why, as a machine word. `sending_paused`: waits until that is lifted. `budget_used_up`: waits for a larger cap or the next month",
    }),
    providerId: z.string().nullable().meta({ description: "Twilio: the SID" }),
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable(),
    attempts: z.number().int(),
    segments: z.number().int().nullable(),
    price: z.string().nullable().meta({
      description:
        "What the provider billed, filled in from its list some days after at the latest; never an estimate",
      example: "0.0798",
    }),
    priceUnit: z.string().nullable().meta({ example: "EUR" }),
    priceEstimate: z.string().nullable().meta({
      description: "What it was expected to cost when it left; null: it has not left, or no price",
      example: "0.05",
    }),
    priceEstimateUnit: z.string().nullable().meta({ example: "EUR" }),
    conversationId: z.uuid(),
    integrationId: z.uuid(),
    notificationId: z.uuid().nullable(),
    mediaIds: z.array(z.uuid()),
    mediaAsLinks: z.boolean().meta({
      description:
        "No MMS reaches this number: the files went as links, open for 30 days, below the body. They count among its 1600 characters and its segments",
    }),
    metadata: z.record(z.string(), z.unknown()).nullable(),
    createdAt: time,
    sendAt: time.nullable().meta({ description: "When it may leave" }),
    expiresAt: time.nullable(),
    sentAt: time.nullable(),
    deliveredAt: time.nullable(),
    readAt: time.nullable(),
    failedAt: time.nullable(),
  })
  .meta({ id: "Message" });

const timelineEntry = z
  .object({
    at: time,
    event: z.string().meta({ example: "queued" }),
    attempt: z.number().int().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "TimelineEntry" });

/** WhatsApp: what is sent outside the 24 h after the person's last message. */
export const templateRef = line(200).meta({
  description: "WhatsApp: content SID or name of an approved template, in the place of a body",
  example: "commande_prete",
});
const anyTemplateRef = line(200).meta({
  description:
    "In the place of body and subject: id or name of a template of the channel, or the key of a type. WhatsApp: also the content SID or name of an approved text",
  example: "ticket.called",
});
export const templateVariables = z
  .record(
    z.string().max(100),
    z.union([z.string().max(1024), z.number()]).transform((value) => String(value)),
  )
  .meta({ description: "A value for each variable of the template" });

type Refuse = (path: string, message: string) => void;

function refuseEmail(
  input: { subject?: string; body?: string; html?: string; template?: string; variables?: object },
  hasMedia: boolean,
  refuse: Refuse,
) {
  if (hasMedia) refuse("mediaUrls", "E-mails carry no files here: put a link into the text");
  if (input.template !== undefined) {
    if (input.subject !== undefined) refuse("subject", "The template has a subject");
    if (input.body || input.html) refuse("body", "A template takes the place of a body");
    return;
  }
  if (input.variables !== undefined) refuse("variables", NO_TEMPLATE);
  if (!input.subject?.trim()) refuse("subject", "An e-mail needs a subject (sujet requis)");
  if (!input.body?.trim()) refuse("body", "An e-mail needs a text, also where it has HTML");
}

const NO_TEMPLATE = "Name the template that they are for";

const messageInput = z
  .strictObject({
    channel: z.enum(CHANNELS, 'Must be "sms", "whatsapp" or "email"'),
    to: line(254).meta({
      description:
        "Any way of writing a phone number; `whatsapp:+…` is understood too (R112), and the id of a WhatsApp person without a number (`FR.1234`). E-mail: an address",
    }),
    body: z.string().max(MAX_EMAIL_TEXT_UNITS).optional(),
    subject: line(400).optional().meta({ description: "E-mail: needed (R220)" }),
    html: z
      .string()
      .max(MAX_EMAIL_HTML_UNITS)
      .optional()
      .meta({ description: "E-mail: the beautiful form of `body`, which stays needed" }),
    mediaUrls: z
      .array(z.url({ protocol: /^https?$/ }))
      .max(10)
      .optional(),
    mediaIds: z.array(id).max(10).optional().meta({ description: "Uploads of POST /media" }),
    template: anyTemplateRef.optional(),
    variables: templateVariables.optional(),
    locale: z.enum(["fr", "en"]).optional().meta({
      description: "Which of several of one name; left out: the workspace's language",
    }),
    sendAt: plannedMoment.optional(),
    expiresAt: plannedMoment.optional(),
    integrationId: id.optional().meta({ description: "Default: the channel's default sender" }),
    metadata: freeData.optional().meta({ description: "Yours; given back as it came" }),
  })
  .superRefine((input, context) => {
    const refuse: Refuse = (path, message) =>
      context.addIssue({ code: "custom", path: [path], message });
    const count = (input.mediaUrls?.length ?? 0) + (input.mediaIds?.length ?? 0);
    const hasMedia = count > 0;
    if (input.channel === "email") return refuseEmail(input, hasMedia, refuse);
    if (input.subject !== undefined) refuse("subject", "Only e-mails have a subject");
    if (input.html !== undefined) refuse("html", "Only e-mails have HTML");
    if (input.template !== undefined) {
      if (input.body || hasMedia) refuse("body", "A template takes the place of body and files");
      return;
    }
    if (input.variables !== undefined) refuse("variables", NO_TEMPLATE);
    if (!input.body?.trim() && !hasMedia) refuse("body", "A message needs a body or a file");
    if ((input.body?.length ?? 0) > MAX_BODY_UNITS) refuse("body", "At most 1600 characters");
    // Before any of them is fetched.
    const fault = input.mediaUrls && findCountFault(input.channel, count);
    if (fault) refuse("mediaUrls", fault.message);
  })
  .meta({ id: "MessageInput" });

export type MessageInput = z.output<typeof messageInput>;

const example = { channel: "sms", to: "0612345678", body: "Votre livre vous attend à l’accueil." };

export const sendMessages = defineOperation({
  method: "POST",
  path: "/messages",
  tag: "Messages",
  summary: "Send one message, or up to 100",
  description:
    "Answers when the messages are stored, before they leave. Of several, either all are stored or none. One is answered as a message, several as `{ data: [...] }`.",
  role: "agent",
  scope: "messages:write",
  body: z
    .union([
      messageInput,
      z
        .array(messageInput)
        .min(1, "At least one message")
        .max(MAX_BATCH, `At most ${MAX_BATCH} messages`),
    ])
    .meta({ example }),
  response: {
    status: 202,
    description: "Stored; it leaves in a moment, or at `sendAt`",
    schema: z.union([message, z.object({ data: z.array(message) })]),
  },
  refusals: [
    { status: 422, code: "invalid_phone_number" },
    { status: 422, code: "opted_out" },
    { status: 422, code: "integration_not_found" },
    { status: 422, code: "integration_inactive" },
    { status: 422, code: "whatsapp_window_closed" },
    { status: 422, code: "template_not_found" },
    { status: 422, code: "template_not_approved" },
    { status: 422, code: "template_variable_missing" },
    { status: 422, code: "template_variable_unknown" },
    { status: 422, code: "template_variable_invalid" },
    { status: 422, code: "media_not_found" },
    { status: 422, code: "media_not_supported" },
    { status: 422, code: "media_not_fetched" },
    { status: 422, code: "media_too_large" },
    { status: 422, code: "too_many_media" },
    { status: 422, code: "already_expired" },
    { status: 422, code: "invalid_email" },
    { status: 422, code: "sms_not_configured" },
    { status: 422, code: "email_not_configured" },
    { status: 422, code: "twilio_not_configured" },
  ],
  isIdempotent: true,
  isLimited: true,
});

export const listMessages = defineOperation({
  method: "GET",
  path: "/messages",
  tag: "Messages",
  summary: "Messages in and out, newest first",
  role: "agent",
  scope: "messages:read",
  query: z.object({
    ...pageQuery,
    channel: z.enum(CHANNELS).optional(),
    status: z.enum(MESSAGE_STATUSES).optional(),
    direction: z.enum(DIRECTIONS).optional(),
    to: z.string().max(254).optional().meta({ description: "The recipient's number" }),
    conversationId: id.optional(),
    since: moment.optional().meta({ description: "Created at or after" }),
    until: moment.optional().meta({ description: "Created before" }),
  }),
  response: { status: 200, description: "A page of messages", schema: pageOf(message) },
});

export const getMessage = defineOperation({
  method: "GET",
  path: "/messages/{id}",
  tag: "Messages",
  summary: "One message with its timeline",
  role: "agent",
  scope: "messages:read",
  params: idParams,
  response: {
    status: 200,
    description: "The message and everything that happened to it, oldest first",
    schema: message.extend({ timeline: z.array(timelineEntry) }).meta({ id: "MessageDetail" }),
  },
});

export const cancelMessage = defineOperation({
  method: "POST",
  path: "/messages/{id}/cancel",
  tag: "Messages",
  summary: "Take a message back that has not been handed over",
  role: "agent",
  scope: "messages:write",
  params: idParams,
  response: { status: 200, description: "Canceled", schema: message },
  refusals: [{ status: 409, code: "too_late" }],
});

export const retryMessage = defineOperation({
  method: "POST",
  path: "/messages/{id}/retry",
  tag: "Messages",
  summary: "Send a failed message again, truly",
  role: "agent",
  scope: "messages:write",
  params: idParams,
  response: { status: 202, description: "Queued again", schema: message },
  refusals: [
    { status: 409, code: "not_retryable" },
    { status: 409, code: "already_resent" },
    { status: 422, code: "opted_out" },
  ],
});
