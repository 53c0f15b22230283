import { and, eq, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { consents, messages } from "../schema";

/** The ledger only grows: what was said before stays as proof. */
export async function insertConsent(tx: Database, values: typeof consents.$inferInsert) {
  await tx.insert(consents).values(values);
}

type Settled = {
  workspaceId: WorkspaceId;
  messageId: string;
  /** What somebody made of it. */
  as: "recorded" | "dismissed";
  by: string | null;
};

/** A probable stop is settled: nobody is asked about it any more. False: it is no open one. */
export async function settleProbableStop(
  tx: Database,
  { workspaceId, messageId, as, by }: Settled,
): Promise<boolean> {
  const settled = JSON.stringify({ probableStop: as, probableStopBy: by });
  const rows = await tx
    .update(messages)
    .set({ content: sql`${messages.content} || ${settled}::jsonb` })
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.id, messageId),
        sql`${messages.content} @> '{"probableStop": true}'`,
      ),
    )
    .returning({ id: messages.id });
  return rows.length > 0;
}
