import { eq, sql } from "drizzle-orm";
import { listTimeline } from "../../db/queries/messages";
import { accounts, attempts, messages, sendingPauses } from "../../db/schema";
import type { ClaimSender } from "../../db/writes/outbox";
import { DEFAULT_RETRIES } from "../../lib/domain/retry-delay";
import type { Scope } from "../../lib/domain/viewer";
import type { MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import {
  type EnqueueOutcome,
  enqueueMessage,
  type NewOutbound,
} from "../../lib/outbound/enqueue-message";
import type { By } from "../../lib/outbound/record-outcomes";
import type { Deps } from "../../lib/ports/deps";
import { createConversation } from "./conversation";
import type { TestDeps } from "./deps";
import { createWorkspace, type TestWorkspace } from "./workspace";

/** A tenant with one conversation, and what the outbox's tests ask of it. */
export async function openOutbox(deps: TestDeps) {
  const workspace = await createWorkspace(deps);
  const conversation = await createConversation(deps, workspace);
  const scope = { workspaceId: workspace.workspaceId, integrations: "all" as const };
  return {
    workspace,
    conversation,
    scope,
    enqueue: (body: string, values: Partial<NewOutbound> = {}) =>
      enqueueQueued(deps, {
        workspaceId: workspace.workspaceId,
        conversationId: conversation.id,
        body,
        ...values,
      }),
    dispatch: () => dispatchAccount(deps, { accountId: workspace.account.id }),
    row: (id: string) => findMessage(deps, id),
    events: (id: string) => listEvents(deps, scope, id),
    account: async () => {
      const [row] = await deps.db
        .select()
        .from(accounts)
        .where(eq(accounts.id, workspace.account.id));
      if (!row) throw new Error("no account");
      return row;
    },
  };
}

type Input = Omit<NewOutbound, "lane" | "actor"> & Partial<NewOutbound>;

/** Enqueued in a transaction of its own. */
export async function enqueueIn(
  deps: Pick<Deps, "db" | "clock" | "chance" | "settings">,
  input: Input,
): Promise<EnqueueOutcome> {
  return deps.db.transaction((tx) =>
    enqueueMessage(deps, tx, { lane: "interactive", actor: { kind: "system" }, ...input }),
  );
}

/** The row; a refusal fails the test. */
export async function enqueueQueued(
  deps: Pick<Deps, "db" | "clock" | "chance" | "settings">,
  input: Input,
) {
  const outcome = await enqueueIn(deps, input);
  if (outcome.kind !== "queued") throw new Error(`not queued: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

export async function findMessage(deps: Pick<Deps, "db">, id: string) {
  const [row] = await deps.db.select().from(messages).where(eq(messages.id, id));
  if (!row) throw new Error("no message");
  return row;
}

export async function listEvents(
  deps: Pick<Deps, "db">,
  scope: Scope,
  messageId: string,
): Promise<string[]> {
  const lines = await listTimeline(deps.db, scope, messageId);
  return lines.map((line) => line.event);
}

/** As if the process that made these attempts had died more than a lease ago. */
export async function killLeases(deps: Pick<Deps, "db">, messageId: string) {
  await deps.db
    .update(attempts)
    .set({ leaseUntil: sql`clock_timestamp() - interval '1 s'` })
    .where(eq(attempts.messageId, messageId));
}

/** A message that was claimed by a process that then died. */
export async function abandonSend(
  deps: TestDeps,
  message: { id: string },
  workspace: TestWorkspace,
) {
  await deps.db
    .update(messages)
    .set({ status: "sending", attempt: 1 })
    .where(eq(messages.id, message.id));
  await deps.db.insert(attempts).values({
    workspaceId: workspace.workspaceId,
    messageId: message.id,
    accountId: workspace.account.id,
    number: 1,
    startedAt: deps.clock.now(),
    leaseUntil: new Date(0),
  });
}

/** By which ends are recorded where nothing is counted as spent. */
export const UNCOUNTED: By = { costs: null, retries: DEFAULT_RETRIES };

/** A sender without rows under way and without a pace, as a claim takes it. */
export function claimSender(id: string): ClaimSender {
  return { id, busy: { interactive: 0, normal: 0 }, most: null };
}

export async function statusesOf(
  deps: Pick<Deps, "db">,
  ids: readonly string[],
): Promise<MessageStatus[]> {
  return Promise.all(ids.map(async (id) => (await findMessage(deps, id)).status));
}

/** As an administrator who pauses all sending. */
export async function pauseAll(deps: Pick<Deps, "db" | "clock">, workspaceId: WorkspaceId) {
  await deps.db
    .insert(sendingPauses)
    .values({ workspaceId, scope: "all", since: deps.clock.now() });
}
