import { z } from "zod";
import {
  CHANNELS,
  CONVERSATION_STATES,
  DIRECTIONS,
  MESSAGE_KINDS,
  MESSAGE_STATUSES,
  PRIORITIES,
} from "@/lib/domain/words";
import { freeData, id, idParams, line, plannedMoment, time } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { pageOf, pageQuery } from "@/lib/http/pagination";
import { message, templateRef, templateVariables } from "../messages/schema";

const colleague = z.object({ id, name: z.string() });

export const conversation = z
  .object({
    id,
    contact: z.object({
      id,
      name: z.string().nullable(),
      address: z.string().meta({ example: "+33612345678" }),
      isBlocked: z.boolean(),
    }),
    integrationId: z.uuid(),
    channel: z.enum(CHANNELS),
    state: z.enum(CONVERSATION_STATES),
    priority: z.enum(PRIORITIES),
    assignee: colleague.nullable(),
    labels: z.array(z.object({ id, name: z.string(), color: z.string() })),
    lastSeq: z.number().int().meta({ description: "Pass as `afterSeq` with a reply" }),
    unread: z.number().int().meta({ description: "Of the user who asks; 0 for an API key" }),
    waitingSince: time.nullable(),
    lastActivityAt: time,
    lastMessage: z
      .object({
        id,
        direction: z.enum(DIRECTIONS),
        kind: z.enum(MESSAGE_KINDS),
        preview: z.string(),
        status: z.enum(MESSAGE_STATUSES),
      })
      .nullable(),
  })
  .meta({ id: "Conversation" });

export const conversationDetail = conversation
  .extend({
    isOptedOut: z.boolean(),
    optedOutAt: time.nullable(),
    windowEndsAt: time.nullable().meta({ description: "WhatsApp: until when one may answer" }),
    snoozedUntil: time.nullable().meta({ description: "Put aside until then" }),
    stateReason: z.object({ rule: z.string(), words: z.string().optional() }).nullable(),
  })
  .meta({ id: "ConversationDetail" });

const files = {
  mediaUrls: z
    .array(z.url({ protocol: /^https?$/ }))
    .max(10)
    .optional(),
  mediaIds: z.array(id).max(10).optional().meta({ description: "Uploads of POST /media" }),
};
const body = z.string().max(1600, "At most 1600 characters");

const common = { tag: "Conversations", role: "agent" } as const;
const sendRefusals = [
  { status: 422, code: "opted_out" },
  { status: 422, code: "integration_inactive" },
  { status: 422, code: "whatsapp_window_closed" },
  { status: 422, code: "template_not_found" },
  { status: 422, code: "template_not_approved" },
  { status: 422, code: "template_variable_missing" },
  { status: 422, code: "template_variable_unknown" },
  { status: 422, code: "template_variable_invalid" },
  { status: 422, code: "message_empty" },
  { status: 422, code: "invalid_phone_number" },
  { status: 422, code: "media_not_found" },
  { status: 422, code: "media_not_supported" },
  { status: 422, code: "media_not_fetched" },
  { status: 422, code: "media_too_large" },
  { status: 422, code: "too_many_media" },
  { status: 422, code: "sms_not_configured" },
  { status: 422, code: "twilio_not_configured" },
];

export const listConversations = defineOperation({
  ...common,
  method: "GET",
  path: "/conversations",
  summary: "Conversations, last activity first",
  description: "Those in which only automatic messages were sent are left out, as in the inbox.",
  scope: "conversations:read",
  query: z.object({
    ...pageQuery,
    state: z.enum(CONVERSATION_STATES).optional(),
    assignee: z
      .union([z.enum(["me", "none"]), z.uuid()], 'Must be "me", "none" or the id of a user')
      .optional(),
    integrationId: id.optional(),
    q: z.string().max(200).optional().meta({ description: "Searched in name, company, addresses" }),
  }),
  response: { status: 200, description: "A page", schema: pageOf(conversation) },
});

export const startConversation = defineOperation({
  ...common,
  method: "POST",
  path: "/conversations",
  summary: "Write to somebody first; it joins the conversation there is, if any",
  scope: "conversations:write",
  body: z
    .strictObject({
      contact: id.optional().meta({ description: "A contact with a phone number" }),
      to: line(254).optional().meta({ description: "Or a phone number, any way of writing it" }),
      channel: z.enum(CHANNELS).default("sms"),
      body: body.default(""),
      ...files,
      integrationId: id.optional(),
      sendAt: plannedMoment.optional(),
    })
    .superRefine((input, context) => {
      const refuse = (path: string, text: string) =>
        context.addIssue({ code: "custom", path: [path], message: text });
      if (input.contact && input.to) refuse("to", "Give `contact` or `to`, not both");
      if (!input.contact && !input.to) refuse("to", "Give `contact` or `to`");
      if (input.channel === "email") refuse("channel", "Not available yet: sms or whatsapp");
    })
    .meta({
      id: "ConversationInput",
      example: { to: "0612345678", channel: "sms", body: "Bonjour, votre dossier est prêt." },
    }),
  response: {
    status: 202,
    description: "The conversation, and the message on its way",
    schema: z.object({ conversation, message }),
  },
  refusals: [
    { status: 422, code: "integration_not_found" },
    { status: 422, code: "contact_not_found" },
    { status: 422, code: "contact_without_phone" },
    ...sendRefusals,
  ],
  isIdempotent: true,
});

export const getConversation = defineOperation({
  ...common,
  method: "GET",
  path: "/conversations/{id}",
  summary: "One conversation",
  scope: "conversations:read",
  params: idParams,
  response: { status: 200, description: "The conversation", schema: conversationDetail },
});

export const updateConversation = defineOperation({
  ...common,
  method: "PATCH",
  path: "/conversations/{id}",
  summary: "Change state, snooze, assignee, priority or labels; all that is given or nothing",
  scope: "conversations:write",
  params: idParams,
  body: z
    .strictObject({
      state: z
        .enum(CONVERSATION_STATES, 'Must be "open", "pending", "snoozed" or "resolved"')
        .optional(),
      snoozedUntil: plannedMoment.nullable().optional().meta({
        description:
          "Puts it aside until then; null brings it back, as the customer's next text does",
      }),
      assigneeId: id.nullable().optional().meta({ description: "null: nobody" }),
      priority: z.enum(PRIORITIES).optional(),
      labels: z.array(id).max(50).optional().meta({ description: "Ids; replaces them all" }),
    })
    .superRefine(({ state, snoozedUntil }, context) => {
      const refuse = (path: string, text: string) =>
        context.addIssue({ code: "custom", path: [path], message: text });
      if (state === "snoozed" && !snoozedUntil) refuse("snoozedUntil", "Say until when");
      if (state && state !== "snoozed" && snoozedUntil) {
        refuse("snoozedUntil", `Goes with no other state than "snoozed"`);
      }
    })
    .meta({ example: { state: "resolved" } }),
  response: { status: 200, description: "As it is now", schema: conversationDetail },
  refusals: [
    { status: 422, code: "assignee_not_found" },
    { status: 422, code: "assignee_cannot_see" },
    { status: 422, code: "label_not_found" },
    { status: 422, code: "snooze_in_past" },
  ],
});

export const listConversationMessages = defineOperation({
  ...common,
  method: "GET",
  path: "/conversations/{id}/messages",
  summary: "The messages of a conversation, newest first",
  scope: "conversations:read",
  params: idParams,
  query: z.object(pageQuery),
  response: { status: 200, description: "A page", schema: pageOf(message) },
});

export const replyToConversation = defineOperation({
  ...common,
  method: "POST",
  path: "/conversations/{id}/messages",
  summary: "Answer in a conversation",
  description:
    "With `afterSeq` behind what others wrote since: 409 `conversation_moved` with the new messages, unless `force`.",
  scope: "conversations:write",
  params: idParams,
  body: z
    .strictObject({
      body: body.default(""),
      ...files,
      template: templateRef.optional(),
      variables: templateVariables.optional(),
      sendAt: plannedMoment.optional(),
      afterSeq: z.number().int().min(0).optional(),
      force: z.boolean().optional(),
      metadata: freeData.optional(),
    })
    .meta({ id: "ReplyInput", example: { body: "Bien reçu, merci !", afterSeq: 4 } }),
  response: { status: 202, description: "Stored; it leaves in a moment", schema: message },
  refusals: [{ status: 409, code: "conversation_moved" }, ...sendRefusals],
  isIdempotent: true,
});
