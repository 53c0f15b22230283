import { and, asc, desc, eq, getTableColumns, gte, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { ReminderStatus } from "../../lib/domain/reminders/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { memberships, persons, reminders, users } from "../schema";
import type { ReminderRow } from "../writes/reminders";
import { type Cursor, encodeRowCursor } from "./cursor";

/** Whose: one person's, or "all" of the workspace. */
type Whose = { workspaceId: WorkspaceId; personId: string | "all" };

type Listing = Whose & {
  filter: {
    status?: ReminderStatus | "ended" | undefined;
    subjectId?: string | undefined;
    /** Part of the person's name or the subject's title. */
    search?: string | undefined;
    since?: Date | undefined;
    until?: Date | undefined;
  };
  cursor: Cursor | null;
  limit: number;
};

export type NamedReminder = ReminderRow & {
  /** null: nobody has said. */
  name: string | null;
};

/** By their hour: those that wait the next one first, else the latest first. */
export async function listReminders(
  db: Database,
  { filter, cursor, limit, ...whose }: Listing,
): Promise<{ reminders: NamedReminder[]; nextCursor: string | null }> {
  const isWaiting = filter.status === "scheduled";
  const [sort, beyond] = isWaiting ? ([asc, sql`>`] as const) : ([desc, sql`<`] as const);
  const place = sql`(${reminders.scheduledFor}, ${reminders.id})`;
  const rows = await named(db)
    .where(
      and(
        isOf(whose),
        statusIs(filter.status),
        filter.subjectId ? eq(reminders.subjectId, filter.subjectId) : undefined,
        filter.search ? mentions(filter.search) : undefined,
        filter.since ? gte(reminders.scheduledFor, filter.since) : undefined,
        filter.until ? lt(reminders.scheduledFor, filter.until) : undefined,
        cursor
          ? sql`${place} ${beyond} (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(sort(reminders.scheduledFor), sort(reminders.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const end = last && { createdAt: last.scheduledFor, id: last.id };
  return {
    reminders: shown,
    nextCursor: rows.length > limit && end ? encodeRowCursor(end) : null,
  };
}

/** null: there is none of that id, or it is somebody else's. */
export async function findReminder(
  db: Database,
  { id, ...whose }: Whose & { id: string },
): Promise<NamedReminder | null> {
  const [row] = await named(db).where(and(isOf(whose), eq(reminders.id, id)));
  return row ?? null;
}

type Due = { workspaceId: WorkspaceId; now: Date; limit: number };

/** Those whose hour has come and that nobody has looked at yet, oldest first. */
export async function findRemindersDue(db: Database, { workspaceId, now, limit }: Due) {
  return named(db)
    .where(
      and(
        eq(reminders.workspaceId, workspaceId),
        eq(reminders.status, "scheduled"),
        sql`${reminders.scheduledFor} <= ${now.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(asc(reminders.scheduledFor), asc(reminders.id))
    .limit(limit);
}

/** The next hours at which reminders are sent, and how many at each. */
export async function findNextReminderHours(db: Database, { workspaceId, now, limit }: Due) {
  return db
    .select({ at: reminders.scheduledFor, count: sql<number>`count(*)::int` })
    .from(reminders)
    .where(
      and(
        eq(reminders.workspaceId, workspaceId),
        eq(reminders.status, "scheduled"),
        sql`${reminders.scheduledFor} > ${now.toISOString()}::timestamptz`,
      ),
    )
    .groupBy(reminders.scheduledFor)
    .orderBy(asc(reminders.scheduledFor))
    .limit(limit);
}

function named(db: Database) {
  return db
    .select({
      ...getTableColumns(reminders),
      name: sql<string | null>`coalesce(${users.name}, ${persons.name})`,
    })
    .from(reminders)
    .innerJoin(persons, eq(persons.id, reminders.personId))
    .leftJoin(memberships, and(eq(memberships.personId, persons.id), memberships.isActive))
    .leftJoin(users, eq(users.id, memberships.userId))
    .$dynamic();
}

function isOf({ workspaceId, personId }: Whose): SQL | undefined {
  return and(
    eq(reminders.workspaceId, workspaceId),
    personId === "all" ? undefined : eq(reminders.personId, personId),
  );
}

function statusIs(status: Listing["filter"]["status"]): SQL | undefined {
  if (status === undefined) return undefined;
  if (status !== "ended") return eq(reminders.status, status);
  return and(ne(reminders.status, "scheduled"), ne(reminders.status, "sent"));
}

function mentions(search: string): SQL | undefined {
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    sql`coalesce(${users.name}, ${persons.name}) ilike ${pattern}`,
    sql`${reminders.subject} ->> 'title' ilike ${pattern}`,
    eq(reminders.subjectId, search),
  );
}
