import type { Database } from "../../db/client";
import type { NotificationRules } from "../../db/queries/notification-rules";
import {
  closeDigest,
  type DeliveryRow,
  findDecidedChannels,
  insertDeliveries,
  type KeptDelivery,
  markLeft,
  settleDeliveries,
  takeBackDeparture,
} from "../../db/writes/notifications";
import type { NotificationChannel } from "../domain/deciding/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { EnqueueOutcome } from "../outbound/enqueue-message";
import type { Deps } from "../ports/deps";
import { oweFates } from "./owe-fates";
import { forgetDeparture, type Recipient } from "./recipients";
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
  const kept = groups.flatMap((group) => group.kept);
  const channels = await readChannels(tx, workspaceId, kept);
  const newId = () => deps.chance.uuid();
  const departures = await readDepartures(tx, { workspaceId, groups, recipient });
  const plans = groups.map((group, nth) => {
    const leftAt = departures[nth] ?? null;
    return planRelease({ group, leftAt, recipient, rules, appUrl, at, channels, newId });
  });
  const acting = { workspaceId, actor: { kind: "system" } as const };
  const wanted = plans.flatMap((plan) => plan.wanted);
  const { rows, outcomes } = await sendWanted(deps, tx, { acting, wanted });
  const sent = new Set(rows.flatMap((row) => (row.messageId === null ? [] : [row.id])));
  for (const plan of plans) await endGroup(tx, { workspaceId, plan, sent, at });
  const all = plans.flatMap((plan) => plan.decided);
  const others = await gather(deps, tx, { workspaceId, all, at });
  const settled = [...rows, ...others];
  const isAdded = ({ id }: DeliveryRow) => plans.some(({ added }) => added.has(id));
  await settleDeliveries(
    tx,
    workspaceId,
    settled.filter((row) => !isAdded(row)),
  );
  await insertDeliveries(tx, settled.filter(isAdded));
  await oweFates(tx, { workspaceId, fates: changedFates(kept, settled) });
  return { settled, outcomes };
}

/**
 * When each group left before; null: it did not. What WhatsApp refused did not arrive: where nothing else
 * of it left, it takes no place in the hour, whatever becomes of it now.
 */
async function readDepartures(
  tx: Database,
  { workspaceId, groups, recipient }: Pick<Letting, "workspaceId" | "groups" | "recipient">,
): Promise<(Date | null)[]> {
  const departures: (Date | null)[] = [];
  for (const { digestId, kept } of groups) {
    const [first] = kept;
    const messageIds = kept.flatMap(({ delivery }) => delivery.messageId ?? []);
    if (!first || messageIds.length === 0) {
      departures.push(digestId === null ? (first?.notification.leftAt ?? null) : null);
      continue;
    }
    const notificationId = first.notification.id;
    const of = { workspaceId, digestId, notificationId, messageIds };
    const departure = await takeBackDeparture(tx, of);
    if (departure?.isTakenBack) forgetDeparture(recipient, departure.leftAt);
    departures.push(departure && !departure.isTakenBack ? departure.leftAt : null);
  }
  return departures;
}

/** Where each was decided so far; asked of those alone that another channel may stand in for. */
async function readChannels(
  tx: Database,
  workspaceId: WorkspaceId,
  kept: readonly KeptDelivery[],
): Promise<Map<string, NotificationChannel[]>> {
  const notificationIds = kept.flatMap(({ delivery: { channel, notificationId } }) =>
    channel === "whatsapp" ? [notificationId] : [],
  );
  if (notificationIds.length === 0) return new Map();
  return findDecidedChannels(tx, { workspaceId, notificationIds });
}

/** What is kept on as it was is no news. */
function changedFates(kept: readonly KeptDelivery[], settled: readonly DeliveryRow[]) {
  const before = new Map(kept.map(({ delivery }) => [delivery.id, delivery.fate]));
  const told = new Map(kept.map(({ notification }) => [notification.id, notification]));
  return settled.flatMap((delivery) => {
    const notification = told.get(delivery.notificationId);
    if (!notification || before.get(delivery.id) === delivery.fate) return [];
    return [{ notification, delivery }];
  });
}

type Ending = {
  workspaceId: WorkspaceId;
  plan: ReturnType<typeof planRelease>;
  sent: ReadonlySet<string>;
  at: Date;
};

/** A digest is closed whatever became of it: what is kept on joins the next one. */
async function endGroup(tx: Database, { workspaceId, plan, sent, at }: Ending) {
  const hasLeft = plan.wanted.some(({ rows }) => rows.some(({ id }) => sent.has(id)));
  const { digestId, kept } = plan.group;
  const leftAt = hasLeft ? at : plan.leftAt;
  if (digestId !== null) await closeDigest(tx, { workspaceId, id: digestId, at, leftAt });
  else if (hasLeft && kept[0]) await markLeft(tx, { workspaceId, id: kept[0].notification.id, at });
}
