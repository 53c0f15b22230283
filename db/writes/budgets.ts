import { eq } from "drizzle-orm";
import type { Budget } from "../../lib/domain/budget";
import type { Price } from "../../lib/domain/price";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database, Sql } from "../client";
import { budgets, prices } from "../schema";

/** The rows of a new workspace, or of one whose table was emptied before. */
export async function insertPrices(
  db: Database,
  workspaceId: WorkspaceId,
  rows: readonly Price[],
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(prices)
    .values(rows.map((row) => ({ ...row, workspaceId, amount: String(row.amount) })));
}

/** The whole table anew. */
export async function replacePriceRows(
  tx: Database,
  workspaceId: WorkspaceId,
  rows: readonly Price[],
): Promise<void> {
  await tx.delete(prices).where(eq(prices.workspaceId, workspaceId));
  await insertPrices(tx, workspaceId, rows);
}

/** null: no budget any more. Caps that are new are told afresh. True: a budget that was used up went. */
export async function saveBudgetRow(
  tx: Database,
  { workspaceId, budget, at }: { workspaceId: WorkspaceId; budget: Budget | null; at: Date },
): Promise<boolean> {
  if (!budget) {
    const gone = await tx
      .delete(budgets)
      .where(eq(budgets.workspaceId, workspaceId))
      .returning({ isUsedUp: budgets.isUsedUp });
    return gone.some(({ isUsedUp }) => isUsedUp);
  }
  const set = {
    currency: budget.currency,
    softCap: toNumeric(budget.softCap),
    hardCap: toNumeric(budget.hardCap),
    toldSoft: null,
    toldHard: null,
    updatedAt: at,
  };
  await tx
    .insert(budgets)
    .values({ workspaceId, ...set })
    .onConflictDoUpdate({ target: budgets.workspaceId, set });
  return false;
}

function toNumeric(amount: number | null): string | null {
  return amount === null ? null : String(amount);
}

/** Notes whether the hard cap is reached at this moment. True: that is new. */
export async function noteUsedUp(
  sql: Sql,
  { workspaceId, isUsedUp, now }: { workspaceId: WorkspaceId; isUsedUp: boolean; now: Date },
): Promise<boolean> {
  const [row] = await sql<{ isNew: boolean }[]>`
    update budgets b set is_used_up = ${isUsedUp}, used_up_at = ${isUsedUp ? now : null}
    where b.workspace_id = ${workspaceId} and (b.is_used_up or ${isUsedUp})
    returning (select o.is_used_up from budgets o where o.workspace_id = b.workspace_id)
      is distinct from ${isUsedUp} as "isNew"`;
  return row?.isNew ?? false;
}

/** Of many who find that a cap is reached, one tells, once a month. True: it is us. */
export async function noteTold(
  sql: Sql,
  { workspaceId, cap, month }: { workspaceId: WorkspaceId; cap: "soft" | "hard"; month: string },
): Promise<boolean> {
  const column = cap === "soft" ? sql`told_soft` : sql`told_hard`;
  const rows = await sql`
    update budgets set ${column} = ${month}
    where workspace_id = ${workspaceId} and ${column} is distinct from ${month}
    returning workspace_id`;
  return rows.length === 1;
}

/** What was told about a budget is over: the cap was raised, or a new month has begun. */
export async function resolveBudgetAlerts(
  sql: Sql,
  { workspaceId, kinds, at }: { workspaceId: WorkspaceId; kinds: readonly string[]; at: Date },
): Promise<void> {
  await sql`
    update admin_alerts set resolved_at = ${at}
    where workspace_id = ${workspaceId} and kind = any(${[...kinds]}::text[])
      and resolved_at is null`;
}
