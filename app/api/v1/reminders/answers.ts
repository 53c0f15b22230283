import type { z } from "zod";
import type { ReminderRow } from "@/db/writes/reminders";
import type { Problem } from "@/lib/http/problem";
import type { reminder } from "./schema";

export function toReminder(row: ReminderRow): z.input<typeof reminder> {
  return {
    id: row.id,
    personId: row.personId,
    plan: row.plan,
    key: row.key,
    type: row.type,
    date: row.date,
    scheduledFor: row.scheduledFor.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    status: row.status,
    reason: row.reason,
    subject: row.subject,
    notificationId: row.notificationId,
    settledAt: row.settledAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

export function endedProblem(status: ReminderRow["status"]): Problem {
  return { status: 409, code: "reminder_ended", detail: `It does not wait any more: ${status}` };
}
