import { findUncounted, findWorkspaceCosts } from "../../db/queries/system/costs";
import { countAttempt } from "../../db/writes/spending";
import type { Deps } from "../ports/deps";
import { describePurchase } from "./describe-purchase";

/**
 * Counts an attempt of which nobody knew whether it was taken, and that was taken after all: a receipt,
 * the provider's list or a person says so. Counted once, however often it is said.
 */
export async function countTaken(
  { sql, clock }: Pick<Deps, "sql" | "clock">,
  { messageId, attempt }: { messageId: string; attempt: number },
): Promise<void> {
  const found = await findUncounted(sql, { messageId, attempt });
  const costs = found && (await findWorkspaceCosts(sql, found.workspaceId));
  if (!found || !costs) return;
  const { workspaceId, accountId, mediaIds, ...message } = found;
  const purchase = describePurchase(costs, { ...message, mediaIds, at: clock.now() });
  if (purchase) await countAttempt(sql, { messageId, attempt, workspaceId, accountId, purchase });
}
