import { and, asc, eq, gt, lte } from "drizzle-orm";
import type { WorkspaceId } from "../../../lib/domain/workspace-id";
import type { Database } from "../../client";
import { reminders } from "../../schema";

/** Persons with reminders whose hour has come, over all workspaces, in the order of their ids. */
export async function findRemindedPersonsDue(
  db: Database,
  { now, after, limit }: { now: Date; after: string | null; limit: number },
): Promise<{ workspaceId: WorkspaceId; personId: string }[]> {
  return db
    .select({ workspaceId: reminders.workspaceId, personId: reminders.personId })
    .from(reminders)
    .where(
      and(
        eq(reminders.status, "scheduled"),
        lte(reminders.scheduledFor, now),
        after === null ? undefined : gt(reminders.personId, after),
      ),
    )
    .groupBy(reminders.workspaceId, reminders.personId)
    .orderBy(asc(reminders.personId))
    .limit(limit);
}

/** Reminders whose hour has come, over all workspaces. */
export async function countRemindersDue(db: Database, now: Date) {
  const isDue = and(eq(reminders.status, "scheduled"), lte(reminders.scheduledFor, now));
  return { due: await db.$count(reminders, isDue) };
}
