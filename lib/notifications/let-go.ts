import type { Database } from "../../db/client";
import {
  closeDigest,
  type DeliveryRow,
  type KeptDelivery,
  markLeft,
  settleDeliveries,
} from "../../db/writes/notifications";
import type { WorkspaceId } from "../domain/workspace-id";
import type { EnqueueOutcome } from "../outbound/enqueue-message";
import type { Deps } from "../ports/deps";
import { oweFates } from "./owe-fates";
import type { NotificationRules, Recipient } from "./recipients";
import { type Group, planRelease } from "./release-group";
import { gather, sendWanted } from "./settle-deliveries";

export type LetGo = { settled: DeliveryRow[]; outcomes: EnqueueOutcome[] };

type Letting = {
  workspaceId: WorkspaceId;
  groups: readonly Group[];
  recipient: Recipient;
  rules: NotificationRules;
  at: Date;
};

/**
 * Asks the gates again about what they kept of a person, and stores what follows: messages in the outbox,
 * what is kept on, what is refused after all. The caller holds the person's preferences; after the commit
 * it calls `ringBells` and `tellHandedOver`.
 */
export async function letGo(
  deps: Pick<Deps, "clock" | "chance" | "cipher" | "settings">,
  tx: Database,
  { workspaceId, groups, recipient, rules, at }: Letting,
): Promise<LetGo> {
  const { appUrl } = deps.settings;
  const plans = groups.map((group) => planRelease({ group, recipient, rules, appUrl, at }));
  const acting = { workspaceId, actor: { kind: "system" } as const };
  const wanted = plans.flatMap((plan) => plan.wanted);
  const { rows, outcomes } = await sendWanted(deps, tx, { acting, wanted });
  const sent = new Set(rows.flatMap((row) => (row.messageId === null ? [] : [row.id])));
  for (const { group } of plans) await endGroup(tx, { workspaceId, group, sent, at });
  const all = plans.flatMap((plan) => plan.decided);
  const others = await gather(deps, tx, { workspaceId, all, at });
  const settled = [...rows, ...others];
  await settleDeliveries(tx, workspaceId, settled);
  const kept = groups.flatMap((group) => group.kept);
  await oweFates(tx, { workspaceId, fates: changedFates(kept, settled) });
  return { settled, outcomes };
}

/** What is kept on as it was is no news. */
function changedFates(kept: readonly KeptDelivery[], settled: readonly DeliveryRow[]) {
  const before = new Map(kept.map((one) => [one.delivery.id, one]));
  return settled.flatMap((delivery) => {
    const known = before.get(delivery.id);
    if (!known || known.delivery.fate === delivery.fate) return [];
    return [{ notification: known.notification, delivery }];
  });
}

type Ending = { workspaceId: WorkspaceId; group: Group; sent: ReadonlySet<string>; at: Date };

/** A digest is closed whatever became of it: what is kept on joins the next one. */
async function endGroup(tx: Database, { workspaceId, group, sent, at }: Ending) {
  const hasLeft = group.kept.some(({ delivery }) => sent.has(delivery.id));
  const { digestId, kept } = group;
  if (digestId !== null) await closeDigest(tx, { workspaceId, id: digestId, at, hasLeft });
  else if (hasLeft && kept[0]) await markLeft(tx, { workspaceId, id: kept[0].notification.id, at });
}
