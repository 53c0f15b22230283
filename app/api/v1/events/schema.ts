import { z } from "zod";
import { freeData, line, moment } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { raised, recipient, subject } from "../notifications/schema";
import { reminder } from "../reminders/schema";

const event = z
  .strictObject({
    type: line(64).meta({
      description: "A type of `GET /notification-types`; reminders follow from others",
      example: "ticket.called",
    }),
    recipient,
    subject: subject.optional(),
    data: freeData.default({}).meta({ description: "What the type's templates are filled with" }),
    occurredAt: moment.optional().meta({ description: "Left out: now" }),
  })
  .meta({ id: "EventInput" });

const reported = raised
  .extend({
    reminders: z.array(reminder).meta({
      description: "Those of the subject for the recipient as they are now; empty: it plans none",
    }),
    canceledReminders: z.int().meta({ description: "How many the event made pointless" }),
  })
  .meta({ id: "ReportedEvent" });

export type EventBody = z.output<typeof event>;

export const reportEvents = defineOperation({
  tag: "Notifications",
  method: "POST",
  path: "/events",
  summary: "Report what happened, one event or up to 100; all are taken or none",
  description:
    "Whom it concerns is told in the words of the type's templates, in their language, on the type's channels that they want. `loan.assigned` and types of the workspace's own that have a `reminderPlan` plan the reminders of their subject; another due date moves what was not sent. Of a type of the workspace's own that has no template which the data fills, the event brings `title` and `message` in its data, else it is refused. What happened before an event that makes it pointless is stored as expired, whenever it comes in.",
  role: "agent",
  scope: "notifications:write",
  body: z
    .union([event, z.array(event).min(1, "At least one event").max(100, "At most 100 events")])
    .meta({
      example: {
        type: "ticket.created",
        recipient: { phone: "0612345678" },
        data: {
          ticket_number: "A-042",
          service_name: "Visa",
          queue_name: "B",
          eta_minutes: 15,
        },
      },
    }),
  response: {
    status: 202,
    description: "What each event triggered and planned, in their order",
    schema: z.object({ data: z.array(reported) }).meta({ id: "ReportedEvents" }),
  },
  refusals: [
    { status: 422, code: "unknown_type" },
    { status: 422, code: "invalid_data" },
    { status: 422, code: "due_in_past" },
    { status: 422, code: "unknown_severity" },
    { status: 422, code: "recipient_not_found" },
    { status: 422, code: "invalid_phone_number" },
    { status: 422, code: "invalid_email" },
  ],
  isIdempotent: true,
  isLimited: true,
});
