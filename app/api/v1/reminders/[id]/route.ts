import { apiRoute, invalid, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { cancelReminder } from "@/lib/reminders/cancel-reminder";
import { postponeReminder } from "@/lib/reminders/postpone-reminder";
import { endedProblem, toReminder } from "../answers";
import * as operations from "../schema";

const move = apiRoute(operations.moveReminder, async ({ deps, caller, params, body }) => {
  const { workspaceId } = caller;
  const outcome = await postponeReminder(deps, { workspaceId, id: params.id, ...body });
  switch (outcome.kind) {
    case "postponed":
      return { status: 200, body: toReminder(outcome.reminder) };
    case "not_found":
      return { problem: notFound() };
    case "too_late":
      return { problem: endedProblem(outcome.status) };
    case "past":
      return { problem: wrong("Must lie in the future", "already_past") };
    case "expires_before": {
      const message = `Must lie before ${outcome.expiresAt.toISOString()}, when it is of no use any more`;
      return { problem: wrong(message, "reminder_expires") };
    }
    default:
      return outcome satisfies never;
  }
});

const cancel = apiRoute(operations.cancelReminder, async ({ deps, caller, params }) => {
  const { workspaceId } = caller;
  const outcome = await cancelReminder(deps, { workspaceId, id: params.id });
  switch (outcome.kind) {
    case "canceled":
      return { status: 204 };
    case "not_found":
      return { problem: notFound() };
    case "too_late":
      return { problem: endedProblem(outcome.status) };
    default:
      return outcome satisfies never;
  }
});

function wrong(message: string, code: string) {
  return invalid([{ path: "scheduledFor", message }], code);
}

export const { GET, POST, PUT, PATCH, DELETE } = methods({ PATCH: move, DELETE: cancel });
