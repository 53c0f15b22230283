import { and, eq } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database, Sql } from "../client";
import { accounts, integrations } from "../schema";

type Stop = {
  /** The refused message and its attempt. */
  messageId: string;
  attempt: number;
  code: string;
  now: Date;
};

/**
 * Stops the account of a message; true when it was not stopped. What was tried before the last repair
 * says nothing about now.
 */
export async function stopAccount(sql: Sql, { messageId, attempt, code, now }: Stop) {
  const rows = await sql`
    update accounts a set stopped_at = ${now}, stopped_code = ${code}
    from messages m join attempts t on t.message_id = m.id and t.number = ${attempt}
    where m.id = ${messageId} and a.id = m.account_id and a.stopped_at is null
      and (a.resumed_at is null or a.resumed_at < t.started_at)
    returning a.id`;
  return rows.length > 0;
}

/** As `stopAccount`, of the message's sender alone. */
export async function stopIntegration(sql: Sql, { messageId, attempt, code, now }: Stop) {
  const rows = await sql`
    update integrations i set stopped_at = ${now}, stopped_code = ${code}
    from messages m join attempts t on t.message_id = m.id and t.number = ${attempt}
    where m.id = ${messageId} and i.id = m.integration_id and i.stopped_at is null
      and (i.resumed_at is null or i.resumed_at < t.started_at)
    returning i.id`;
  return rows.length > 0;
}

type Mended = { workspaceId: WorkspaceId; id: string; at: Date };

const GOING = { stoppedAt: null, stoppedCode: null };

export async function resumeAccount(tx: Database, { workspaceId, id, at }: Mended) {
  await tx
    .update(accounts)
    .set({ ...GOING, resumedAt: at })
    .where(and(eq(accounts.workspaceId, workspaceId), eq(accounts.id, id)));
}

export async function resumeIntegration(tx: Database, { workspaceId, id, at }: Mended) {
  await tx
    .update(integrations)
    .set({ ...GOING, resumedAt: at })
    .where(and(eq(integrations.workspaceId, workspaceId), eq(integrations.id, id)));
}
