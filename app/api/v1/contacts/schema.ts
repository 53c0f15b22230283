import { z } from "zod";
import { ADDRESS_KINDS } from "@/lib/domain/words";
import { freeData, id, idParams, line, locale, time, timeZone, words } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { pageOf, pageQuery } from "@/lib/http/pagination";

const address = z
  .strictObject({
    kind: z.enum(ADDRESS_KINDS).meta({ description: "`phone` serves SMS and WhatsApp" }),
    value: line(254).meta({ example: "+33612345678" }),
  })
  .meta({ id: "Address" });

const contactInput = z.strictObject({
  name: line(200).nullish(),
  company: line(200).nullish(),
  notes: words(10_000).nullish(),
  locale: locale.nullish(),
  timeZone: timeZone.nullish(),
  attributes: freeData.optional(),
  addresses: z.array(address).max(20, "At most 20 addresses").optional(),
});

export const contact = z
  .object({
    id,
    name: z.string().nullable(),
    company: z.string().nullable(),
    notes: z.string().nullable(),
    locale: locale.nullable(),
    timeZone: z.string().nullable(),
    profileName: z.string().nullable().meta({ description: "What WhatsApp says they are called" }),
    attributes: z.record(z.string(), z.unknown()),
    addresses: z.array(z.object({ kind: z.enum(ADDRESS_KINDS), value: z.string() })),
    isBlocked: z.boolean(),
    userId: z.uuid().nullable().meta({ description: "The user they are, when they sign in here" }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "Contact" });

const example = {
  name: "Camille Durand",
  company: "Bibliothèque Nord",
  addresses: [{ kind: "phone", value: "0612345678" }],
};
const addressRefusals = [
  { status: 409, code: "address_taken" },
  { status: 422, code: "invalid_phone_number" },
  { status: 422, code: "invalid_email" },
  { status: 422, code: "invalid_whatsapp_id" },
];

export const listContacts = defineOperation({
  method: "GET",
  path: "/contacts",
  tag: "Contacts",
  summary: "The people outside, newest first",
  role: "agent",
  scope: "contacts:read",
  query: z.object({
    ...pageQuery,
    q: z.string().max(200).optional().meta({ description: "Searched in name, company, addresses" }),
  }),
  response: { status: 200, description: "A page of contacts", schema: pageOf(contact) },
});

export const createContact = defineOperation({
  method: "POST",
  path: "/contacts",
  tag: "Contacts",
  summary: "Make a contact",
  role: "agent",
  scope: "contacts:write",
  body: contactInput.meta({ id: "ContactInput", example }),
  response: { status: 201, description: "The contact", schema: contact },
  refusals: addressRefusals,
  isIdempotent: true,
});

export const getContact = defineOperation({
  method: "GET",
  path: "/contacts/{id}",
  tag: "Contacts",
  summary: "One contact",
  role: "agent",
  scope: "contacts:read",
  params: idParams,
  response: { status: 200, description: "The contact", schema: contact },
});

export const updateContact = defineOperation({
  method: "PATCH",
  path: "/contacts/{id}",
  tag: "Contacts",
  summary: "Change the given fields of a contact",
  description: "`addresses`, when given, replaces them all.",
  role: "agent",
  scope: "contacts:write",
  params: idParams,
  body: contactInput.meta({ example: { name: "Camille Martin" } }),
  response: { status: 200, description: "The contact as it is now", schema: contact },
  refusals: addressRefusals,
});

export const deleteContact = defineOperation({
  method: "DELETE",
  path: "/contacts/{id}",
  tag: "Contacts",
  summary: "Delete a contact nothing was ever written to or from",
  role: "agent",
  scope: "contacts:write",
  params: idParams,
  response: { status: 204, description: "Gone" },
  refusals: [
    { status: 409, code: "contact_has_history" },
    { status: 409, code: "contact_is_user" },
  ],
});
