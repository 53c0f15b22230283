import { asc, eq, sql } from "drizzle-orm";
import type { Budget, Spending } from "../../lib/domain/budget";
import type { Price } from "../../lib/domain/price";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database, Sql } from "../client";
import { budgets, prices } from "../schema";

/** The price table in a reader's order: by channel, then country, the row for all others last. */
export async function listPrices(db: Database, workspaceId: WorkspaceId): Promise<Price[]> {
  const rows = await db
    .select()
    .from(prices)
    .where(eq(prices.workspaceId, workspaceId))
    .orderBy(asc(prices.channel), sql`${prices.country} asc nulls last`);
  return rows.map(({ channel, country, amount, currency }) => {
    return { channel, country, amount: Number(amount), currency };
  });
}

export type BudgetRow = Budget & { readonly isUsedUp: boolean };

/** null: the workspace has set none. */
export async function findBudget(
  db: Database,
  workspaceId: WorkspaceId,
): Promise<BudgetRow | null> {
  const [row] = await db.select().from(budgets).where(eq(budgets.workspaceId, workspaceId));
  if (!row) return null;
  const { currency, softCap, hardCap, isUsedUp } = row;
  return { currency, softCap: toNumber(softCap), hardCap: toNumber(hardCap), isUsedUp };
}

function toNumber(amount: string | null): number | null {
  return amount === null ? null : Number(amount);
}

/**
 * What a month has cost so far: a few rows of the roll-up, and what was added since. Never looks at a
 * message.
 *
 * @param month `2026-11`
 */
export async function listSpending(
  sql: Sql,
  { workspaceId, month }: { workspaceId: WorkspaceId; month: string },
): Promise<Spending[]> {
  const columns = sql`channel, country, currency, messages, unpriced, billed, estimated, billed_elsewhere`;
  const rows = await sql<Spending[]>`
    select channel, country, currency, sum(messages)::int as messages,
      sum(unpriced)::int as unpriced, sum(billed)::float8 as billed,
      sum(estimated)::float8 as estimated, sum(billed_elsewhere)::float8 as "billedElsewhere"
    from (
      select ${columns} from spending where workspace_id = ${workspaceId} and month = ${month}
      union all
      select ${columns} from spending_deltas where workspace_id = ${workspaceId} and month = ${month}
    ) s
    group by channel, country, currency
    having sum(messages) <> 0 or sum(billed) <> 0 or sum(estimated) <> 0 or sum(billed_elsewhere) <> 0
    order by channel, country nulls last, currency nulls last`;
  return [...rows];
}

/** The months in which anything was spent, the latest first. */
export async function listMonths(sql: Sql, workspaceId: WorkspaceId): Promise<string[]> {
  const rows = await sql<{ month: string }[]>`
    select month from spending where workspace_id = ${workspaceId}
    union select month from spending_deltas where workspace_id = ${workspaceId}
    order by month desc limit 36`;
  return rows.map((row) => row.month);
}
