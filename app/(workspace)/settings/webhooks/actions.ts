"use server";

import { z } from "zod";
import { type ActionResult, viewerAction } from "@/lib/auth/action";
import { WEBHOOK_EVENTS } from "@/lib/domain/webhooks/events";
import { getDeps } from "@/lib/runtime";
import { createEndpoint } from "@/lib/webhooks/create-endpoint";
import { deleteEndpoint } from "@/lib/webhooks/delete-endpoint";
import { replayEvents } from "@/lib/webhooks/replay-events";
import { rotateSecret } from "@/lib/webhooks/rotate-secret";
import { testEndpoint } from "@/lib/webhooks/test-endpoint";
import { updateEndpoint } from "@/lib/webhooks/update-endpoint";
import { idInput } from "../../schema";

const HOUR_MS = 3_600_000;

const fields = {
  url: z.string().trim().min(1, "required").max(2000, "too_long"),
  description: z.string().trim().max(200, "too_long"),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
};

const changesInput = z.object({
  id: z.uuid(),
  url: fields.url.optional(),
  description: fields.description.optional(),
  events: fields.events.optional(),
  isActive: z.boolean().optional(),
});

export const addEndpoint = viewerAction(
  { role: "admin", input: z.object(fields) },
  async (viewer, input): Promise<ActionResult<{ id: string; secret: string }>> => {
    const outcome = await createEndpoint(getDeps(), viewer, input);
    switch (outcome.kind) {
      case "created":
        return { ok: true, data: { id: outcome.id, secret: outcome.secret } };
      case "url_refused":
        return urlRefused(outcome);
      case "too_many_endpoints":
        return { ok: false, code: outcome.kind };
      default:
        return outcome satisfies never;
    }
  },
);

export const changeEndpoint = viewerAction(
  { role: "admin", input: changesInput },
  async (viewer, { id, ...changes }): Promise<ActionResult<null>> => {
    const outcome = await updateEndpoint(getDeps(), viewer, { id, changes });
    if (outcome.kind === "updated") return { ok: true, data: null };
    return outcome.kind === "url_refused" ? urlRefused(outcome) : { ok: false, code: outcome.kind };
  },
);

export const renewSecret = viewerAction(
  { role: "admin", input: idInput },
  async (viewer, input): Promise<ActionResult<{ secret: string }>> => {
    const outcome = await rotateSecret(getDeps(), viewer, input);
    return outcome.kind === "rotated"
      ? { ok: true, data: { secret: outcome.secret } }
      : { ok: false, code: outcome.kind };
  },
);

export const removeEndpoint = viewerAction(
  { role: "admin", input: idInput },
  async (viewer, input): Promise<ActionResult<null>> => {
    const outcome = await deleteEndpoint(getDeps(), viewer, input);
    return outcome.kind === "deleted"
      ? { ok: true, data: null }
      : { ok: false, code: outcome.kind };
  },
);

export const tryEndpoint = viewerAction(
  { role: "admin", input: idInput },
  async (viewer, input): Promise<ActionResult<null>> => {
    const outcome = await testEndpoint(getDeps(), viewer, input);
    return outcome.kind === "owed" ? { ok: true, data: null } : { ok: false, code: outcome.kind };
  },
);

export const replayEvent = viewerAction(
  { role: "admin", input: idInput.extend({ deliveryId: z.uuid() }) },
  async (viewer, { id, deliveryId }): Promise<ActionResult<{ count: number }>> => {
    const input = { endpointId: id, which: { deliveryId } };
    return replayed(await replayEvents(getDeps(), viewer, input));
  },
);

export const replayFailed = viewerAction(
  { role: "admin", input: idInput.extend({ hours: z.int().min(1).max(720) }) },
  async (viewer, { id, hours }): Promise<ActionResult<{ count: number }>> => {
    const deps = getDeps();
    const failedSince = new Date(deps.clock.now().getTime() - hours * HOUR_MS);
    return replayed(await replayEvents(deps, viewer, { endpointId: id, which: { failedSince } }));
  },
);

function replayed(
  outcome: Awaited<ReturnType<typeof replayEvents>>,
): ActionResult<{ count: number }> {
  return outcome.kind === "replayed"
    ? { ok: true, data: { count: outcome.count } }
    : { ok: false, code: outcome.kind };
}

/** The form says what an address must be. */
function urlRefused({ message }: { message: string }): ActionResult<never> {
  const isPrivate = message.includes("private");
  const word = isPrivate ? "url_private" : "url_invalid";
  return { ok: false, code: "invalid", errors: [{ path: "url", message: word }] };
}
