import { insertAudit } from "../../db/writes/audit";
import { replacePriceRows } from "../../db/writes/budgets";
import { lockWorkspaceSenders } from "../../db/writes/integrations";
import { type CostFault, type PriceInput, readPrices } from "../domain/price-input";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";

export type ReplacePricesOutcome =
  | { kind: "replaced" }
  /** Nothing changed; each fault names its row and how to mend it. */
  | { kind: "invalid"; faults: CostFault[] };

/** The whole price table anew. What was sent before keeps the estimate it was counted with. */
export async function replacePrices(
  deps: Pick<Deps, "db" | "clock">,
  by: Administrator,
  rows: readonly PriceInput[],
): Promise<ReplacePricesOutcome> {
  const read = readPrices(rows);
  if (!read.ok) return { kind: "invalid", faults: read.faults };
  const { workspaceId, actor } = by;
  await deps.db.transaction(async (tx) => {
    await lockWorkspaceSenders(tx, workspaceId);
    await replacePriceRows(tx, workspaceId, read.value);
    await insertAudit(tx, {
      workspaceId,
      at: deps.clock.now(),
      actor,
      action: "prices.replaced",
      target: { type: "workspace", id: workspaceId },
      data: { rows: read.value.length },
    });
  });
  return { kind: "replaced" };
}
