import { z } from "zod";
import { WEBHOOK_DISABLED_REASONS } from "@/lib/domain/webhooks/delivery";
import { WEBHOOK_EVENTS } from "@/lib/domain/webhooks/events";
import { id, idParams, time } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { pageOf, pageQuery } from "@/lib/http/pagination";

const events = z.array(z.enum(WEBHOOK_EVENTS)).max(WEBHOOK_EVENTS.length);

export const webhookEndpoint = z
  .object({
    id,
    url: z.string(),
    description: z.string(),
    events: events.meta({ description: "Empty: all of them, those of later versions too" }),
    isActive: z.boolean(),
    disabledAt: time.nullable(),
    disabledReason: z.enum(WEBHOOK_DISABLED_REASONS).nullable().meta({
      description: "failing: nothing reached it for 5 days. gone: it answered 410",
    }),
    failingSince: time.nullable().meta({ description: "null: the last attempt succeeded" }),
    previousSecretUntil: time.nullable().meta({
      description: "Until then everything is signed with the secret before the last rotation too",
    }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "WebhookEndpoint" });

const secret = z
  .string()
  .meta({ example: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", description: "Shown only now" });

const fields = {
  url: z.string().trim().min(1, "Must not be empty").max(2000, "At most 2000 characters").meta({
    description: "http(s), in no private network, without credentials; https wherever it can be",
  }),
  description: z.string().trim().max(200, "At most 200 characters"),
  events: events.transform((chosen) => [...new Set(chosen)]),
};

const tag = "Webhook endpoints";
const urlRefused = { status: 422, code: "url_refused" };

export const listWebhookEndpoints = defineOperation({
  tag,
  method: "GET",
  path: "/webhook-endpoints",
  summary: "Where other systems are told what happens, oldest first",
  role: "admin",
  scope: "webhooks:read",
  query: z.object(pageQuery),
  response: { status: 200, description: "A page of endpoints", schema: pageOf(webhookEndpoint) },
});

export const createWebhookEndpoint = defineOperation({
  tag,
  method: "POST",
  path: "/webhook-endpoints",
  summary: "Tell another system what happens from now on",
  description: `Each event is POSTed as \`{ type, timestamp, data }\`, at least once and in no particular order. \`data\` is the message or notification as this API shows it, as it was then; a notification's has one \`delivery\`.

Answer 2xx within 15 s. Anything else is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, under the same \`webhook-id\`, and never before \`Retry-After\`. 410, or five days of failure, disables the endpoint. Redirects are not followed.

Verify with any library of [Standard Webhooks](https://www.standardwebhooks.com): \`webhook-signature\` holds \`v1,\` and the base64 of HMAC-SHA256 over \`{webhook-id}.{webhook-timestamp}.{raw body}\`, keyed with the base64-decoded secret after \`whsec_\`; several are parted by spaces while a secret is being rotated. Refuse what is older than five minutes, and remember ids: an event may come twice.`,
  role: "admin",
  scope: "webhooks:write",
  body: z
    .strictObject({
      url: fields.url,
      description: fields.description.default(""),
      events: fields.events.default([]),
    })
    .meta({
      id: "WebhookEndpointInput",
      example: {
        url: "https://hooks.example.com/carillon",
        events: ["message.received", "message.failed"],
      },
    }),
  response: {
    status: 201,
    description: "The endpoint and its secret",
    schema: webhookEndpoint.extend({ secret }).meta({ id: "NewWebhookEndpoint" }),
  },
  refusals: [urlRefused, { status: 409, code: "too_many_endpoints" }],
  // Its first answer would have to be kept, and with it the secret.
  isIdempotent: false,
});

export const getWebhookEndpoint = defineOperation({
  tag,
  method: "GET",
  path: "/webhook-endpoints/{id}",
  summary: "One endpoint",
  role: "admin",
  scope: "webhooks:read",
  params: idParams,
  response: { status: 200, description: "The endpoint", schema: webhookEndpoint },
});

export const updateWebhookEndpoint = defineOperation({
  tag,
  method: "PATCH",
  path: "/webhook-endpoints/{id}",
  summary: "Change the given fields of an endpoint, or enable it again",
  description:
    "What happens while it is disabled is not told; what it was owed before leaves later.",
  role: "admin",
  scope: "webhooks:write",
  params: idParams,
  body: z
    .strictObject({
      url: fields.url.optional(),
      description: fields.description.optional(),
      events: fields.events.optional(),
      isActive: z.boolean().optional(),
    })
    .meta({ example: { isActive: true } }),
  response: { status: 200, description: "As it is now", schema: webhookEndpoint },
  refusals: [urlRefused],
});

export const deleteWebhookEndpoint = defineOperation({
  tag,
  method: "DELETE",
  path: "/webhook-endpoints/{id}",
  summary: "Take an endpoint away, with what it is still owed",
  role: "admin",
  scope: "webhooks:write",
  params: idParams,
  response: { status: 204, description: "Gone" },
});

export const rotateWebhookSecret = defineOperation({
  tag,
  method: "POST",
  path: "/webhook-endpoints/{id}/rotate",
  summary: "Give an endpoint a new secret; for 24 h everything is signed with both",
  role: "admin",
  scope: "webhooks:write",
  params: idParams,
  response: {
    status: 200,
    description: "The new secret",
    schema: z.object({ secret, previousSecretUntil: time }).meta({ id: "NewWebhookSecret" }),
  },
});

export const testWebhookEndpoint = defineOperation({
  tag,
  method: "POST",
  path: "/webhook-endpoints/{id}/test",
  summary: "Send an endpoint a `webhook.test`",
  role: "admin",
  scope: "webhooks:write",
  params: idParams,
  response: {
    status: 202,
    description: "On its way, under this `webhook-id`",
    schema: z.object({ id }).meta({ id: "WebhookTest" }),
  },
  refusals: [{ status: 409, code: "endpoint_disabled" }],
});
