import { z } from "zod";
import { REMINDER_STATUSES } from "@/lib/domain/reminders/words";
import { id, idParams, line, moment, plannedMoment, time } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { pageOf, pageQuery } from "@/lib/http/pagination";
import { subject } from "../notifications/schema";

export const reminder = z
  .object({
    id,
    personId: id,
    plan: z.string().meta({ description: "Type of the event that it is planned by" }),
    key: z.string().meta({ example: "J-2", description: "Of its step in the plan" }),
    type: z.string().meta({ description: "The notification type that it is told as" }),
    date: z.iso.date().meta({ description: "Its day in the workspace's calendar" }),
    scheduledFor: time,
    expiresAt: time.meta({ description: "From here on it is of no use and is not sent" }),
    status: z.enum(REMINDER_STATUSES),
    reason: z.string().nullable().meta({ description: "Why it was not sent" }),
    subject: z.object(subject.shape).extend({ dueAt: z.string().optional() }),
    notificationId: id.nullable(),
    settledAt: time.nullable(),
    createdAt: time,
  })
  .meta({ id: "Reminder" });

const tag = "Reminders";

export const listReminders = defineOperation({
  tag,
  method: "GET",
  path: "/reminders",
  summary: "Reminders by their hour; members see their own",
  description: "With `status=scheduled` the next one first, else the latest first.",
  role: "member",
  scope: "notifications:read",
  query: z.object({
    ...pageQuery,
    status: z.enum([...REMINDER_STATUSES, "ended"]).optional(),
    subjectId: line(200).optional(),
    since: moment.optional(),
    until: moment.optional(),
  }),
  response: { status: 200, description: "A page of reminders", schema: pageOf(reminder) },
});

export const moveReminder = defineOperation({
  tag,
  method: "PATCH",
  path: "/reminders/{id}",
  summary: "Give a reminder that waits another hour",
  role: "agent",
  scope: "notifications:write",
  params: idParams,
  body: z
    .strictObject({ scheduledFor: plannedMoment })
    .meta({ id: "ReminderChanges", example: { scheduledFor: "2026-11-28T09:30:00Z" } }),
  response: { status: 200, description: "The reminder", schema: reminder },
  refusals: [
    { status: 409, code: "reminder_ended" },
    { status: 422, code: "already_past" },
    { status: 422, code: "reminder_expires" },
  ],
});

export const cancelReminder = defineOperation({
  tag,
  method: "DELETE",
  path: "/reminders/{id}",
  summary: "Take away a reminder that waits",
  role: "agent",
  scope: "notifications:write",
  params: idParams,
  response: { status: 204, description: "It will not be sent" },
  refusals: [{ status: 409, code: "reminder_ended" }],
});
