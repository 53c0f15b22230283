import { z } from "zod";
import { SEVERITIES } from "@/lib/domain/deciding/words";
import { id, idParams, time } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { delivery, raised } from "../notifications/schema";

const tag = "Held";
/** An API key is nobody: nothing is kept for it. */
const nobody = [{ status: 404, code: "not_found" }];
const then = { status: 200, description: "Its fates as they are then", schema: raised } as const;

const held = z
  .object({
    total: z.int().meta({ description: "Notifications of which something is kept" }),
    nextReleaseAt: time.nullable(),
    data: z.array(
      z.object({
        id,
        type: z.string(),
        category: z.string(),
        severity: z.enum(SEVERITIES),
        title: z.string(),
        message: z.string(),
        createdAt: time,
        deliveries: z.array(delivery),
      }),
    ),
  })
  .meta({ id: "HeldBox" });

export const listHeld = defineOperation({
  tag,
  method: "GET",
  path: "/me/held",
  summary: "What is kept for you, oldest first, with when and why; at most 100 are listed",
  role: "member",
  scope: "notifications:read",
  response: { status: 200, description: "What is kept", schema: held },
  refusals: nobody,
});

export const sendHeld = defineOperation({
  tag,
  method: "POST",
  path: "/me/held/{id}/send",
  summary: "Send what is kept of a notification now",
  description:
    "It passes quiet hours, working hours and gathering; consent, choices and the cap are asked again. Asking twice sends once.",
  role: "member",
  scope: "notifications:write",
  params: idParams,
  response: then,
});

export const readHeld = defineOperation({
  tag,
  method: "POST",
  path: "/me/held/{id}/read",
  summary: "You have read it: what is kept of it need not be sent any more",
  role: "member",
  scope: "notifications:write",
  params: idParams,
  response: then,
});

export const muteHeld = defineOperation({
  tag,
  method: "POST",
  path: "/me/held/{id}/mute",
  summary: "Mute notifications of its type for an hour or a day",
  role: "member",
  scope: "preferences:write",
  params: idParams,
  body: z
    .strictObject({ for: z.enum(["hour", "day"]) })
    .meta({ id: "MuteInput", example: { for: "hour" } }),
  response: {
    status: 200,
    description: "Which type, and until when",
    schema: z.object({ type: z.string(), until: time }).meta({ id: "MutedType" }),
  },
});
