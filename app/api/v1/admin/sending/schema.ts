import { z } from "zod";
import { CHANNELS, PAUSE_SCOPES } from "@/lib/domain/words";
import { time } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";

const channels = { sms: z.boolean(), whatsapp: z.boolean(), email: z.boolean() };

const sending = z
  .object({
    paused: z.boolean().meta({ description: "Nothing leaves but codes, tests and password links" }),
    channels: z.object(channels).meta({ description: "false: switched off" }),
    pauses: z
      .array(
        z.object({
          what: z.enum(PAUSE_SCOPES),
          since: time,
          by: z.string().nullable().meta({ description: "Name of a user or an API key" }),
        }),
      )
      .meta({ description: "What is switched off, since when and by whom" }),
    waiting: z
      .object({ sms: z.number().int(), whatsapp: z.number().int(), email: z.number().int() })
      .meta({ description: "Messages that are due and have not left" }),
  })
  .meta({ id: "Sending" });

const tag = "Administration";
const response = { status: 200, description: "As it is now", schema: sending } as const;

export const getSending = defineOperation({
  tag,
  method: "GET",
  path: "/admin/sending",
  summary: "What may leave, and how much waits",
  role: "admin",
  scope: "settings:read",
  response,
});

export const switchSending = defineOperation({
  tag,
  method: "PATCH",
  path: "/admin/sending",
  summary: "Pause all sending, switch a channel off, or lift that",
  description:
    "What waits stays `queued` and leaves once nothing holds it, unless its time is over by then. Messages are taken all the while.",
  role: "admin",
  scope: "settings:write",
  body: z
    .strictObject({
      paused: z.boolean(),
      channels: z.partialRecord(z.enum(CHANNELS), z.boolean()),
    })
    .partial()
    .meta({ id: "SendingInput", example: { paused: false, channels: { email: false } } }),
  response,
});
