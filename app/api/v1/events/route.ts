import { reportEvents } from "@/lib/events/report-events";
import { apiRoute, invalid } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { deliveryWriter, recipientProblem, toDeliveries } from "../notifications/answers";
import { toReminder } from "../reminders/answers";
import * as operations from "./schema";

const report = apiRoute(operations.reportEvents, async ({ body, ...context }) => {
  const { deps, caller } = context;
  const events = (Array.isArray(body) ? body : [body]).map(({ subject, occurredAt, ...event }) => {
    return { ...event, subject: subject ?? null, occurredAt: occurredAt ?? null };
  });
  const outcome = await reportEvents(deps, { acting: caller, events });
  const pathOf = (path: string, index: number) => (Array.isArray(body) ? `${index}.${path}` : path);
  switch (outcome.kind) {
    case "reported": {
      const write = await deliveryWriter(context, outcome.zone);
      const data = outcome.reported.map(({ notification, deliveries, reminders, canceled }) => ({
        id: notification.id,
        deliveries: toDeliveries(write, deliveries),
        reminders: reminders.map(toReminder),
        canceledReminders: canceled,
      }));
      return { status: 202, body: { data } };
    }
    case "invalid": {
      const { faults, index } = outcome;
      const errors = faults.map(({ path, message }) => ({ path: pathOf(path, index), message }));
      return { problem: invalid(errors, faults[0]?.code) };
    }
    case "refused":
      return { problem: recipientProblem(outcome, pathOf("recipient", outcome.index)) };
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: report });
