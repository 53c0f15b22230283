import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { BAD_NUMBER } from "../../lib/domain/bad-number";
import type { Scope } from "../../lib/domain/viewer";
import type { Channel, MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { conversations, messages, persons, tasks } from "../schema";
import { withinScope } from "./scope";
import { shownBody } from "./shown-body";

const MAX_TASKS = 100;
/** Messages that a task shows of those that wait; their number is told. */
const MAX_SHOWN = 3;

export type WaitingMessage = {
  id: string;
  conversationId: string;
  body: string;
  status: MessageStatus;
  sendAfter: Date | null;
};

export type OpenTask = {
  id: string;
  personId: string;
  name: string | null;
  integrationId: string;
  channel: Channel;
  address: string;
  errorCode: string;
  openedAt: Date;
  /** Where it showed; null: that conversation is gone. */
  conversationId: string | null;
  waiting: number;
  /** The first few that wait, the next to leave first. */
  messages: WaitingMessage[];
};

/** What people have to do, the oldest first. */
export async function listOpenTasks(db: Database, scope: Scope): Promise<OpenTask[]> {
  const rows = await db
    .select({
      id: tasks.id,
      personId: tasks.personId,
      name: persons.name,
      integrationId: tasks.integrationId,
      channel: tasks.channel,
      address: tasks.address,
      errorCode: tasks.errorCode,
      openedAt: tasks.openedAt,
      conversationId: conversations.id,
    })
    .from(tasks)
    .innerJoin(persons, eq(persons.id, tasks.personId))
    .leftJoin(
      conversations,
      and(
        eq(conversations.personId, tasks.personId),
        eq(conversations.integrationId, tasks.integrationId),
      ),
    )
    .where(and(withinScope(tasks, scope), isNull(tasks.closedAt)))
    .orderBy(asc(tasks.openedAt), asc(tasks.id))
    .limit(MAX_TASKS);
  return Promise.all(
    rows.map(async (row) => {
      const isHeld = heldFor({ ...row, workspaceId: scope.workspaceId });
      return {
        ...row,
        waiting: await db.$count(messages, isHeld),
        messages: await db
          .select({
            id: messages.id,
            conversationId: messages.conversationId,
            body: shownBody(messages),
            status: messages.status,
            sendAfter: messages.sendAfter,
          })
          .from(messages)
          .where(isHeld)
          .orderBy(asc(messages.sendAfter), asc(messages.id))
          .limit(MAX_SHOWN),
      };
    }),
  );
}

export type TaskRow = typeof tasks.$inferSelect;

/** null: no such task is open, or it may not be seen. */
export async function findOpenTask(
  db: Database,
  scope: Scope,
  id: string,
): Promise<TaskRow | null> {
  const [row] = await db
    .select()
    .from(tasks)
    .where(and(withinScope(tasks, scope), eq(tasks.id, id), isNull(tasks.closedAt)));
  return row ?? null;
}

export function countOpenTasks(db: Database, scope: Scope): Promise<number> {
  return db.$count(tasks, and(withinScope(tasks, scope), isNull(tasks.closedAt)));
}

type Place = { workspaceId: WorkspaceId; channel: Channel; address: string };

/** The open task about an address, as the thread at that address shows it; null: there is none. */
export async function findTaskAbout(db: Database, { workspaceId, channel, address }: Place) {
  const [row] = await db
    .select({ id: tasks.id, errorCode: tasks.errorCode, personId: tasks.personId })
    .from(tasks)
    .where(
      and(
        eq(tasks.workspaceId, workspaceId),
        eq(tasks.channel, channel),
        eq(tasks.address, address),
        isNull(tasks.closedAt),
      ),
    )
    .orderBy(desc(tasks.openedAt))
    .limit(1);
  if (!row) return null;
  const { id, errorCode, personId } = row;
  const waiting = await db.$count(messages, heldFor({ workspaceId, personId, channel, address }));
  return { id, errorCode, waiting };
}

/** Ids of the messages that wait for a bad number, the next to leave first. */
export async function listHeldMessages(
  db: Database,
  held: Held & { limit: number },
): Promise<{ id: string }[]> {
  return db
    .select({ id: messages.id })
    .from(messages)
    .where(heldFor(held))
    .orderBy(asc(messages.sendAfter), asc(messages.id))
    .limit(held.limit);
}

type Held = Place & { personId: string };

function heldFor({ workspaceId, personId, channel, address }: Held) {
  const theirs = sql`(select c.id from ${conversations} c
    where c.person_id = ${personId} and c.workspace_id = ${workspaceId})`;
  return and(
    eq(messages.workspaceId, workspaceId),
    inArray(messages.conversationId, theirs),
    eq(messages.channel, channel),
    eq(messages.toAddress, address),
    eq(messages.status, "paused"),
    eq(messages.statusReason, BAD_NUMBER),
  );
}
