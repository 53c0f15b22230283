import { listSpending } from "../../db/queries/costs";
import { findBudgetOf, listHeldByBudget, listSenderIds } from "../../db/queries/system/costs";
import { raiseAlert } from "../../db/writes/admin-alerts";
import { noteTold, noteUsedUp, resolveBudgetAlerts } from "../../db/writes/budgets";
import {
  type Budget,
  type BudgetStanding,
  countTowards,
  monthOf,
  standingOf,
} from "../domain/budget";
import type { WorkspaceId } from "../domain/workspace-id";
import { announceMessages } from "../outbound/announce-messages";
import { ringDoorbells } from "../outbound/ring-doorbells";
import type { Deps } from "../ports/deps";

type Needs = Pick<Deps, "sql" | "clock" | "chance" | "log" | "realtime" | "jobs">;

/** What `admin_alerts.kind` says of a cap that is reached. */
const ALERTS = { soft: "budget_soft_cap", hard: "budget_hard_cap" } as const;

/** Waiting messages that screens are told about; more than are on any screen. */
const TOLD = 200;

/**
 * Compares the month's spending with the budget (costs, item 8): what it says is noted where the outbox
 * and the screens read it. A cap that is reached is told to administrators once a month.
 *
 * What the hard cap stops is the normal lane: it stays `queued` with its place and its expiry, cannot be
 * claimed, and shows "the month's budget is used up"; a larger cap or a new month lets it go. Replies of
 * agents, critical alerts, codes and tests (the interactive lane) leave all the same: money must not
 * decide whether a customer is answered. At the door the API still answers 202: what is owed is a row,
 * and the caller can see why it waits, cancel it, or let it expire.
 *
 * @throws when the database does not answer
 */
export async function checkBudget(
  deps: Needs,
  { workspaceId }: { workspaceId: WorkspaceId },
): Promise<BudgetStanding | null> {
  const found = await findBudgetOf(deps.sql, workspaceId);
  if (!found) return null;
  const { budget, timeZone } = found;
  const month = monthOf(deps.clock.now(), timeZone);
  const spending = await listSpending(deps.sql, { workspaceId, month });
  const spent = countTowards(spending, budget.currency);
  const standing = standingOf(budget, spent);
  const isUsedUp = standing === "hard";
  const now = deps.clock.now();
  if (await noteUsedUp(deps.sql, { workspaceId, isUsedUp, now })) {
    await turn(deps, { workspaceId, isUsedUp });
  }
  if (standing === "within") await resolve(deps, workspaceId, [ALERTS.soft, ALERTS.hard]);
  else await tell(deps, { workspaceId, budget, standing, month, spent });
  return standing;
}

/** The cap is reached, or it is not any more: the screens say so, and what waited leaves. */
async function turn(deps: Needs, state: { workspaceId: WorkspaceId; isUsedUp: boolean }) {
  const { workspaceId, isUsedUp } = state;
  deps.log.warn({ workspaceId, isUsedUp }, "[COSTS] The month's budget");
  announceMessages(deps, await listHeldByBudget(deps.sql, { workspaceId, limit: TOLD }));
  if (isUsedUp) return;
  await resolve(deps, workspaceId, [ALERTS.hard]);
  const senders = await listSenderIds(deps.sql, workspaceId);
  const due = deps.clock.now();
  await ringDoorbells(
    deps,
    senders.map((integrationId) => ({ integrationId, due })),
  );
}

/** There is no budget any more: nothing of it is left to be told, and what waited for it leaves. */
export async function releaseHeld(
  deps: Needs,
  { workspaceId, wasUsedUp }: { workspaceId: WorkspaceId; wasUsedUp: boolean },
): Promise<void> {
  if (wasUsedUp) await turn(deps, { workspaceId, isUsedUp: false });
  await resolve(deps, workspaceId, [ALERTS.soft, ALERTS.hard]);
}

async function resolve(deps: Needs, workspaceId: WorkspaceId, kinds: readonly string[]) {
  await resolveBudgetAlerts(deps.sql, { workspaceId, kinds, at: deps.clock.now() });
}

type Reached = {
  workspaceId: WorkspaceId;
  budget: Budget;
  standing: "soft" | "hard";
  month: string;
  spent: number;
};

async function tell(deps: Needs, { workspaceId, budget, standing, month, spent }: Reached) {
  if (!(await noteTold(deps.sql, { workspaceId, cap: standing, month }))) return;
  // The larger trouble is told alone.
  if (standing === "hard") await resolve(deps, workspaceId, [ALERTS.soft]);
  const cap = standing === "hard" ? budget.hardCap : budget.softCap;
  await raiseAlert(deps.sql, {
    id: deps.chance.uuid(),
    workspaceId,
    kind: ALERTS[standing],
    targetId: workspaceId,
    errorCode: month,
    data: { cap: String(cap), spent: String(spent), currency: budget.currency },
    now: deps.clock.now(),
  });
  deps.log.warn({ workspaceId, standing, month }, "[COSTS] A cap of the budget is reached");
}
