import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { releasePaused } from "@/lib/outbound/release-paused";
import * as operations from "../../schema";

const release = apiRoute(operations.releaseIntegration, async ({ deps, caller, params, body }) => {
  const input = { integrationId: params.id, dropBefore: body.dropBefore ?? null };
  const outcome = await releasePaused(deps, caller, input);
  switch (outcome.kind) {
    case "released":
      return { status: 200, body: { sent: outcome.sent, dropped: outcome.dropped } };
    case "not_found":
      return { problem: notFound() };
    case "still_stopped": {
      const detail = "It is still stopped: mend what stops it, then test it";
      return { problem: { status: 409, code: outcome.kind, detail } };
    }
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: release });
