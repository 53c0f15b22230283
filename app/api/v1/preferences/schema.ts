import { z } from "zod";
import { idParams, locale, time } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { preferenceChanges, preferenceFields } from "@/lib/http/preference-fields";

const preferences = z
  .object({
    ...preferenceFields,
    mutedTypes: z.record(z.string(), time),
    mutedUntil: time.nullable(),
    timeZone: z.string().nullable().meta({
      description: "null: that of the number's country, else the workspace's",
    }),
    locale,
    whatsappNumber: z.string().nullable().meta({
      description: "null: WhatsApp goes to the phone number",
    }),
    claimedWhatsappNumber: z.string().nullable().meta({
      description:
        "A number given as one's own, which becomes `whatsappNumber` by the code that was sent there; null: none",
    }),
  })
  .meta({ id: "Preferences" });

const tag = "Preferences";
const response = { status: 200, description: "As they are now", schema: preferences } as const;
/** An API key is nobody: it has no preferences of its own. */
const nobody = [{ status: 404, code: "not_found" }];
const faults = [
  { status: 422, code: "invalid_phone_number" },
  { status: 422, code: "number_taken" },
];
const throttled = { status: 429, code: "throttled" };
const claimFaults = [...faults, { status: 422, code: "code_not_sent" }, throttled];

export const getMyPreferences = defineOperation({
  tag,
  method: "GET",
  path: "/me/preferences",
  summary: "How you want to be reached",
  role: "member",
  scope: "preferences:read",
  response,
  refusals: nobody,
});

export const saveMyPreferences = defineOperation({
  tag,
  method: "PUT",
  path: "/me/preferences",
  summary: "Change how you want to be reached",
  description:
    "A new `whatsappNumber` is a claim until it is proven: a code of six digits goes to it by SMS, since WhatsApp takes only approved texts for somebody who has not written within 24 h.",
  role: "member",
  scope: "preferences:write",
  body: preferenceChanges,
  response,
  refusals: [...nobody, ...claimFaults],
});

export const proveMyWhatsappNumber = defineOperation({
  tag,
  method: "POST",
  path: "/me/whatsapp-number",
  summary: "Show by its code that the WhatsApp number you gave is yours",
  role: "member",
  scope: "preferences:write",
  body: z.strictObject({ code: z.string().regex(/^\d{6}$/, "Six digits") }),
  response,
  refusals: [
    ...nobody,
    { status: 422, code: "wrong_code" },
    { status: 422, code: "number_taken" },
    throttled,
  ],
});

export const getUserPreferences = defineOperation({
  tag,
  method: "GET",
  path: "/users/{id}/preferences",
  summary: "How a user wants to be reached",
  role: "admin",
  scope: "preferences:read",
  params: idParams,
  response,
});

export const saveUserPreferences = defineOperation({
  tag,
  method: "PUT",
  path: "/users/{id}/preferences",
  summary: "Change how a user wants to be reached; it is written down who did",
  role: "admin",
  scope: "preferences:write",
  params: idParams,
  body: preferenceChanges,
  response,
  refusals: claimFaults,
});

export const getContactPreferences = defineOperation({
  tag,
  method: "GET",
  path: "/contacts/{id}/preferences",
  summary: "How a contact wants to be reached",
  role: "admin",
  scope: "preferences:read",
  params: idParams,
  response,
});

export const saveContactPreferences = defineOperation({
  tag,
  method: "PUT",
  path: "/contacts/{id}/preferences",
  summary: "Change how a contact wants to be reached; it is written down who did",
  role: "admin",
  scope: "preferences:write",
  params: idParams,
  body: preferenceChanges,
  response,
  refusals: faults,
});
