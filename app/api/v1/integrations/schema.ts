import { z } from "zod";
import { CHANNELS, MESSAGE_STATUSES, PROVIDERS } from "@/lib/domain/words";
import { id, idParams, line, moment, time, words } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { pageOf, pageQuery } from "@/lib/http/pagination";

export const integration = z
  .object({
    id,
    name: z.string(),
    type: z.enum(CHANNELS),
    provider: z.enum(PROVIDERS),
    accountId: z.string().nullable().meta({
      description:
        "Twilio: the Account SID. AWS SNS: the access key id. Resend: the domain. SMTP: `user@host`",
    }),
    region: z.string().nullable().meta({ description: "AWS SNS: such as eu-west-3" }),
    phoneNumber: z
      .string()
      .meta({ example: "+33199000000", description: "The sender; e-mail: the from address" }),
    fromName: z
      .string()
      .nullable()
      .meta({ description: "E-mail: beside the from address; null: the workspace's name" }),
    messagingServiceSid: z.string().nullable(),
    isActive: z.boolean(),
    stoppedAt: time.nullable().meta({
      description: "Since when a fault of its account or number stops it; its messages are paused",
    }),
    isDefault: z.boolean(),
    isSystem: z.boolean().meta({ description: "Made from the environment" }),
    isVisibleToAll: z.boolean().meta({ description: "false: only the people of `viewerIds`" }),
    defaultCountry: z.string().nullable(),
    pacePerSecond: z
      .number()
      .nullable()
      .meta({ description: "Segments; null: as fast as the provider takes" }),
    hasApiKey: z.boolean(),
    lastWebhookAt: time.nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "Integration" });

/** What the provider says of credentials and sender. */
const check = z
  .object({
    ok: z.boolean(),
    accountName: z.string().optional(),
    senders: z.array(z.string()).nullable().optional(),
    fault: z.string().optional(),
    message: z.string().optional(),
  })
  .meta({ id: "ConnectionCheck" });

/** Never in an answer. */
const apiKey = line(400).meta({
  description:
    "Twilio: the Auth Token. AWS SNS: the secret access key. Resend: the API key. SMTP: the password. Write-only",
  writeOnly: true,
});
const country = z
  .string()
  .regex(/^[A-Z]{2}$/, "Must be an ISO 3166-1 code, like FR")
  .nullable();

const fields = {
  name: line(100),
  phoneNumber: line(254).meta({
    description: "The sender: a number, short code or name; e-mail: the from address",
  }),
  fromName: line(80).nullable().optional().meta({ description: "E-mail only" }),
  messagingServiceSid: line(64).nullable().optional(),
  isActive: z.boolean(),
  isDefault: z.boolean(),
  defaultCountry: country.optional(),
  pacePerSecond: z.number().positive().max(1000).nullable().optional(),
  isVisibleToAll: z.boolean(),
  viewerIds: z.array(id).max(2000).optional(),
};

const webhookSecret = line(200).meta({
  description: "Resend: what its webhooks are signed with. Write-only",
  writeOnly: true,
});

const createBody = z.strictObject({
  ...fields,
  type: z.enum(CHANNELS, 'Must be "sms", "whatsapp" or "email"'),
  provider: z
    .enum(PROVIDERS)
    .default("twilio")
    .meta({ description: "sms: twilio, aws_sns, console; email: resend, smtp, console" }),
  smtp: z
    .strictObject({
      host: line(253),
      port: z.number().int().min(1).max(65_535),
      security: z.enum(["tls", "starttls", "none"]),
    })
    .nullable()
    .optional()
    .meta({ description: "SMTP: the mail server; its user is `accountId`" }),
  webhookSecret: webhookSecret.nullable().optional(),
  region: line(32).nullable().optional().meta({ description: "AWS SNS: such as eu-west-3" }),
  accountId: line(254).nullable().optional(),
  apiKey: apiKey.nullable().optional(),
  isActive: fields.isActive.default(true),
  isDefault: fields.isDefault.default(false),
  isVisibleToAll: fields.isVisibleToAll.default(true),
});

const updateBody = z.strictObject({
  name: fields.name.optional(),
  apiKey: apiKey.optional(),
  phoneNumber: fields.phoneNumber.optional(),
  fromName: fields.fromName,
  webhookSecret: webhookSecret.optional(),
  messagingServiceSid: fields.messagingServiceSid,
  isActive: fields.isActive.optional(),
  isDefault: fields.isDefault.optional(),
  defaultCountry: fields.defaultCountry,
  pacePerSecond: fields.pacePerSecond,
  isVisibleToAll: fields.isVisibleToAll.optional(),
  viewerIds: fields.viewerIds,
});

const tag = "Integrations";
const refusals = [
  { status: 409, code: "sender_taken" },
  { status: 409, code: "has_messages" },
  { status: 409, code: "is_system" },
  { status: 422, code: "credentials" },
  { status: 422, code: "sender" },
  { status: 422, code: "server" },
  ...["access_key", "region", "sns_sender", "provider_type"].map((code) => ({ status: 422, code })),
  ...["from_invalid", "smtp_host", "smtp_port", "webhook_secret", "other_domain"].map((code) => ({
    status: 422,
    code,
  })),
  ...["account_sid", "service_sid", "token_needed", "sender_invalid", "pace", "country"].map(
    (code) => ({ status: 422, code }),
  ),
];

export const listIntegrations = defineOperation({
  tag,
  method: "GET",
  path: "/integrations",
  summary: "The numbers and senders you may see, oldest first",
  role: "agent",
  scope: "integrations:read",
  query: z.object(pageQuery),
  response: { status: 200, description: "A page of senders", schema: pageOf(integration) },
});

export const createIntegration = defineOperation({
  tag,
  method: "POST",
  path: "/integrations",
  summary: "Connect a sender",
  description: "The provider is asked first whether credentials and sender are good.",
  role: "admin",
  scope: "integrations:write",
  body: createBody.meta({
    id: "IntegrationInput",
    example: {
      name: "Accueil",
      type: "sms",
      accountId: "AC0123456789abcdef0123456789abcdef",
      apiKey: "your Auth Token",
      phoneNumber: "+33199000000",
    },
  }),
  response: {
    status: 201,
    description: "The integration, and what the provider said",
    schema: integration.extend({ check }).meta({ id: "NewIntegration" }),
  },
  refusals,
  isIdempotent: true,
});

export const getIntegration = defineOperation({
  tag,
  method: "GET",
  path: "/integrations/{id}",
  summary: "One sender",
  role: "agent",
  scope: "integrations:read",
  params: idParams,
  response: { status: 200, description: "The integration", schema: integration },
});

export const updateIntegration = defineOperation({
  tag,
  method: "PATCH",
  path: "/integrations/{id}",
  summary: "Change the given fields of a sender",
  role: "admin",
  scope: "integrations:write",
  params: idParams,
  body: updateBody.meta({ example: { isActive: false } }),
  response: { status: 200, description: "As it is now", schema: integration },
  refusals,
});

export const deleteIntegration = defineOperation({
  tag,
  method: "DELETE",
  path: "/integrations/{id}",
  summary: "Take a sender away that was never used; deactivate others",
  role: "admin",
  scope: "integrations:write",
  params: idParams,
  response: { status: 204, description: "Gone" },
  refusals,
});

export const testIntegration = defineOperation({
  tag,
  method: "POST",
  path: "/integrations/{id}/test",
  summary: "Ask the provider about a sender; with `to`, send a true text",
  role: "admin",
  scope: "integrations:write",
  params: idParams,
  body: z
    .strictObject({
      to: line(254).optional(),
      body: words(1600).default("Carillon: test message / message de test"),
    })
    .meta({ example: { to: "0612345678" } }),
  response: {
    status: 200,
    description: "What the provider said; the text's SID and status come with its message",
    schema: z
      .object({
        check,
        message: z
          .object({
            id,
            conversationId: id,
            status: z.enum(MESSAGE_STATUSES),
            providerId: z.string().nullable(),
          })
          .nullable(),
      })
      .meta({ id: "IntegrationTest" }),
  },
  refusals: [
    { status: 422, code: "invalid_phone_number" },
    { status: 422, code: "invalid_email" },
    { status: 422, code: "opted_out" },
    { status: 422, code: "integration_inactive" },
    { status: 422, code: "whatsapp_window_closed" },
  ],
  isIdempotent: true,
});

export const releaseIntegration = defineOperation({
  tag,
  method: "POST",
  path: "/integrations/{id}/release",
  summary: "After a repair: send what waited on a stopped sender, or drop what is too old",
  description:
    "Oldest first. Messages wait as `paused` while their sender or its account is stopped.",
  role: "admin",
  scope: "integrations:write",
  params: idParams,
  body: z
    .strictObject({
      dropBefore: moment.optional().meta({
        description: "Those that were due before this are dropped; left out: all are sent",
      }),
    })
    .meta({ example: { dropBefore: "2026-11-27T08:00:00Z" } }),
  response: {
    status: 200,
    description: "How many left the pause",
    schema: z.object({ sent: z.number().int(), dropped: z.number().int() }).meta({ id: "Release" }),
  },
  refusals: [{ status: 409, code: "still_stopped" }],
});
