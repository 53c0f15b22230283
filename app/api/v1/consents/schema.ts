import { z } from "zod";
import { CHANNELS, CONSENT_SOURCES, CONSENT_STATES } from "@/lib/domain/words";
import { id, idParams, time, words } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";

export const consent = z
  .object({
    id: z.string(),
    personId: id,
    integrationId: id,
    channel: z.enum(CHANNELS),
    address: z.string(),
    state: z.enum(CONSENT_STATES),
    source: z.enum(CONSENT_SOURCES),
    words: z.string().nullable().meta({ description: "As received, or as recorded" }),
    messageId: z.uuid().nullable(),
    actorUserId: z.uuid().nullable(),
    at: time,
  })
  .meta({ id: "Consent" });

const before = z
  .string()
  .regex(/^\d{1,15}$/, "Not a cursor of this list: pass a nextCursor")
  .optional();

export const listConsents = defineOperation({
  method: "GET",
  path: "/contacts/{id}/consents",
  tag: "Consents",
  summary: "What a contact said about being written to, newest first",
  description: "The newest entry of a sender decides; none means no objection.",
  role: "agent",
  scope: "contacts:read",
  params: idParams,
  query: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: before,
  }),
  response: {
    status: 200,
    description: "A page of the ledger",
    schema: z.object({ data: z.array(consent), nextCursor: z.string().nullable() }),
  },
});

export const recordConsent = defineOperation({
  method: "POST",
  path: "/contacts/{id}/consents",
  tag: "Consents",
  summary: "Record what a contact said about being written to",
  description:
    "Appended to the ledger; counts at once. A provider that blocks them goes on until they send START.",
  role: "agent",
  scope: "contacts:write",
  params: idParams,
  body: z
    .strictObject({
      integrationId: id,
      state: z.enum(CONSENT_STATES),
      words: words(1000).min(1, "Say how it was said: it is the proof"),
      messageId: z.uuid().nullish().meta({ description: "The message that says so" }),
    })
    .meta({
      id: "ConsentInput",
      example: {
        integrationId: "01a1fadb-bddb-7366-819f-07c962fce9c9",
        state: "opted_out",
        words: "Said by phone that they want no more texts",
      },
    }),
  response: { status: 201, description: "The newest entry", schema: consent },
  refusals: [{ status: 422, code: "no_address" }],
  isIdempotent: true,
});

export const exportConsents = defineOperation({
  method: "GET",
  path: "/consents/export",
  tag: "Consents",
  summary: "The consent ledger as CSV: the proof",
  role: "admin",
  scope: "contacts:read",
  query: z.object({ personId: z.uuid().optional() }),
  response: { status: 200, description: "CSV, oldest first", contentType: "text/csv" },
});
