import { findOpenTask, type TaskRow } from "../../db/queries/tasks";
import { cancelWaiting, sendWaiting } from "../../db/writes/bad-numbers";
import { touchConversationsOf } from "../../db/writes/conversations";
import type { ChangedMessage } from "../../db/writes/outbox";
import { closeTask } from "../../db/writes/tasks";
import { BAD_NUMBER } from "../domain/bad-number";
import type { Caller } from "../domain/viewer";
import type { TaskResolution } from "../domain/words";
import type { Deps } from "../ports/deps";
import { announceMessages } from "./announce-messages";
import { renewPausedLinks } from "./renew-paused-links";
import { ringDoorbells } from "./ring-doorbells";

export type ResolveNeeds = Pick<
  Deps,
  "db" | "sql" | "clock" | "realtime" | "jobs" | "log" | "settings"
>;
export type Resolver = Pick<Caller, "workspaceId" | "integrations" | "actor">;

export type ResolveOutcome =
  | { kind: "resolved"; count: number }
  /** No such open task, or it may not be seen. */
  | { kind: "not_found" };

/**
 * The number is right after all: what waited leaves. If it fails again, a new task opens. The task goes
 * first, so that a failure that comes back at once opens the new one; what a crash leaves between is
 * sent by the sweep.
 */
export async function sendAgain(
  deps: ResolveNeeds,
  by: Resolver,
  { taskId }: { taskId: string },
): Promise<ResolveOutcome> {
  const task = await findOpenTask(deps.db, by, taskId);
  if (!task || !(await endTask(deps, by, { task, resolution: "sent_again" }))) return NOT_FOUND;
  return announceResolved(deps, await letGo(deps, by, { task, to: task.address }));
}

/** What waited leaves for an address. */
export async function letGo(
  deps: ResolveNeeds,
  by: Resolver,
  { task, to }: { task: TaskRow; to: string },
): Promise<ChangedMessage[]> {
  const waiting = waitingOf(deps, by, task);
  await renewPausedLinks(deps, { ...waiting, reasons: [BAD_NUMBER] });
  return sendWaiting(deps.sql, { ...waiting, to });
}

/**
 * Nobody is reached there: what waited is canceled. The task goes last: broken off, it is there to be
 * closed again.
 */
export async function closeBadNumber(
  deps: ResolveNeeds,
  by: Resolver,
  { taskId }: { taskId: string },
): Promise<ResolveOutcome> {
  const task = await findOpenTask(deps.db, by, taskId);
  if (!task) return NOT_FOUND;
  const canceled = await cancelWaiting(deps.sql, waitingOf(deps, by, task));
  await endTask(deps, by, { task, resolution: "closed" });
  return announceResolved(deps, canceled);
}

export const NOT_FOUND = { kind: "not_found" } as const;

type Ending = { task: TaskRow; resolution: TaskResolution };

/** False: somebody else has closed it meanwhile. Its thread shows that it is gone. */
export async function endTask(
  deps: ResolveNeeds,
  by: Resolver,
  { task, resolution }: Ending,
): Promise<boolean> {
  const end = { resolution, at: deps.clock.now(), userId: userOf(by) };
  const touched = await deps.db.transaction(async (tx) =>
    (await closeTask(tx, task, end))
      ? touchConversationsOf(tx, task.workspaceId, task.personId)
      : null,
  );
  deps.realtime.announce(
    (touched ?? []).map(({ id: conversationId }) => {
      const { workspaceId } = task;
      return { kind: "conversation", workspaceId, conversationId, messageIds: [] };
    }),
  );
  return touched !== null;
}

function waitingOf({ clock }: ResolveNeeds, by: Resolver, task: TaskRow) {
  const { workspaceId, personId, channel, address } = task;
  return {
    workspaceId,
    personId,
    channel,
    address,
    now: clock.now(),
    actorUserId: userOf(by),
  };
}

export function userOf({ actor }: Resolver): string | null {
  return actor.kind === "user" ? actor.userId : null;
}

/** Tells the screens, and rings for the senders that have work now. */
export async function announceResolved(
  deps: ResolveNeeds,
  changed: readonly ChangedMessage[],
): Promise<{ kind: "resolved"; count: number }> {
  announceMessages(deps, changed);
  const due = deps.clock.now();
  const senders = new Set(changed.map((message) => message.integrationId));
  await ringDoorbells(
    deps,
    [...senders].map((integrationId) => ({ integrationId, due })),
  );
  return { kind: "resolved", count: changed.length };
}
