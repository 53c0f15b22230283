import { and, eq, sql } from "drizzle-orm";
import type { Scope } from "../../lib/domain/viewer";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { insertInto } from "../insert-rows";
import { withinScope } from "../queries/scope";
import { activities, conversationLabels, conversations } from "../schema";

export type ConversationRow = typeof conversations.$inferSelect;

/** The row, locked until the transaction ends; null when it is not within the scope. */
export async function lockConversation(
  tx: Database,
  scope: Scope,
  id: string,
): Promise<ConversationRow | null> {
  const [row] = await tx
    .select()
    .from(conversations)
    .where(and(withinScope(conversations, scope), eq(conversations.id, id)))
    .for("update");
  return row ?? null;
}

/** What a stage may change by hand; the revision rises with it. */
export type ConversationPatch = Partial<
  Pick<
    ConversationRow,
    "state" | "assigneeId" | "priority" | "snoozedUntil" | "waitingSince" | "stateReason"
  >
>;

export async function patchConversation(
  tx: Database,
  row: Pick<ConversationRow, "workspaceId" | "id">,
  patch: ConversationPatch,
) {
  await tx
    .update(conversations)
    .set({ ...patch, revision: sql`${conversations.revision} + 1` })
    .where(and(eq(conversations.workspaceId, row.workspaceId), eq(conversations.id, row.id)));
}

/** Raises the revision of every conversation of a person, which shows on their cards. */
export function touchConversationsOf(tx: Database, workspaceId: WorkspaceId, personId: string) {
  return tx
    .update(conversations)
    .set({ revision: sql`${conversations.revision} + 1` })
    .where(and(eq(conversations.workspaceId, workspaceId), eq(conversations.personId, personId)))
    .returning({
      id: conversations.id,
      integrationId: conversations.integrationId,
      lastSeq: conversations.lastSeq,
    });
}

/** A message in it has changed. */
export async function touchConversation(
  tx: Database,
  { workspaceId, id }: Pick<ConversationRow, "workspaceId" | "id">,
) {
  await tx
    .update(conversations)
    .set({ revision: sql`${conversations.revision} + 1` })
    .where(and(eq(conversations.workspaceId, workspaceId), eq(conversations.id, id)));
}

export async function addActivities(tx: Database, rows: (typeof activities.$inferInsert)[]) {
  if (rows.length > 0) await tx.insert(activities).values(rows);
}

/** Replaces the labels of a conversation. */
export async function putLabels(
  tx: Database,
  row: Pick<ConversationRow, "workspaceId" | "id">,
  labelIds: readonly string[],
) {
  await tx.delete(conversationLabels).where(eq(conversationLabels.conversationId, row.id));
  if (labelIds.length === 0) return;
  await tx.insert(conversationLabels).values(
    labelIds.map((labelId) => ({
      workspaceId: row.workspaceId,
      conversationId: row.id,
      labelId,
    })),
  );
}

type NewConversation = {
  id: string;
  workspaceId: WorkspaceId;
  personId: string;
  integrationId: string;
  address: string;
  assigneeId: string | null;
  /** false: no inbox view shows a new one until the person or an agent writes. */
  isListed?: boolean;
  now: Date;
};

/**
 * The one conversation of (person, integration), made if need be and locked until the transaction
 * ends, whoever else is making it at the same moment.
 */
export async function findOrCreateConversation(
  tx: Database,
  input: NewConversation,
): Promise<ConversationRow> {
  const [row] = await tx
    .insert(conversations)
    .values(asRow(input))
    .onConflictDoUpdate({
      target: [conversations.personId, conversations.integrationId],
      set: { address: sql`excluded.address` },
    })
    .returning();
  if (!row) throw new Error("an upsert returns its row");
  return row;
}

type Placed = Pick<ConversationRow, "id" | "personId" | "integrationId">;

/** As `findOrCreateConversation`, each (person, integration) once, in one statement. */
export async function findOrCreateConversations(
  tx: Database,
  inputs: readonly NewConversation[],
): Promise<Placed[]> {
  if (inputs.length === 0) return [];
  const rows = await tx.execute<Placed>(sql`
    ${insertInto(conversations, inputs.map(asRow))}
    on conflict (person_id, integration_id) do update set address = excluded.address
    returning id, person_id as "personId", integration_id as "integrationId"`);
  return [...rows];
}

function asRow({ now, ...values }: NewConversation) {
  return { ...values, state: "open" as const, lastActivityAt: now, createdAt: now };
}
