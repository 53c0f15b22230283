import type { Database } from "../../db/client";
import {
  type DeliveryRow,
  type KeptDelivery,
  type NotificationRow,
  settleDeliveries,
} from "../../db/writes/notifications";
import { type MessageRow, moveMessage } from "../../db/writes/outbound-messages";
import { addToTimeline } from "../../db/writes/timeline";
import { type EndReason, ended } from "../domain/deciding/decide";
import { CANCELABLE } from "../domain/message-status";
import type { WorkspaceId } from "../domain/workspace-id";
import { announceMessages } from "../outbound/announce-messages";
import { ringDoorbells } from "../outbound/ring-doorbells";
import type { Deps } from "../ports/deps";
import { oweFates } from "./owe-fates";
import { decided } from "./settle-deliveries";

type Overtaking = {
  workspaceId: WorkspaceId;
  awaiting: readonly KeptDelivery[];
  reason: EndReason;
  at: Date;
};

/**
 * Ends deliveries that something newer, or their person's own word, made pointless before they left, inside a transaction that holds
 * the preferences of their persons. What is leaving at this moment leaves. Returns the messages that
 * were taken back, to be told by `tellTakenBack` once it is committed.
 */
export async function overtakeDeliveries(
  tx: Database,
  { workspaceId, awaiting, reason, at }: Overtaking,
): Promise<MessageRow[]> {
  const takenBack: MessageRow[] = [];
  const fates: { notification: NotificationRow; delivery: DeliveryRow }[] = [];
  for (const { delivery, notification } of awaiting) {
    const { messageId } = delivery;
    const message = await takeBack(tx, { workspaceId, messageId, reason, at });
    if (message) takenBack.push(message);
    if (message || messageId === null) {
      const decision = ended(reason);
      fates.push({ notification, delivery: decided(delivery, { decision }, at) });
    }
  }
  const rows = fates.map(({ delivery }) => delivery);
  await settleDeliveries(tx, workspaceId, rows);
  await oweFates(tx, { workspaceId, fates });
  return takenBack;
}

type Taking = Pick<Overtaking, "workspaceId" | "reason" | "at"> & { messageId: string | null };

/** null: it has left, or there is none. */
async function takeBack(tx: Database, { workspaceId, messageId, reason, at }: Taking) {
  if (messageId === null) return null;
  const scope = { workspaceId, integrations: "all" } as const;
  const set = { status: "canceled" as const, statusReason: reason, pausedAt: null };
  const row = await moveMessage(tx, scope, { messageId, from: CANCELABLE, set, at });
  if (!row) return null;
  const data = { reason };
  await addToTimeline(tx, { workspaceId, messageId, at, event: "canceled", data });
  return row;
}

/** Shows that messages were taken back; what they held up in their conversations may leave. */
export async function tellTakenBack(
  deps: Pick<Deps, "sql" | "clock" | "realtime" | "jobs" | "log">,
  messages: readonly MessageRow[],
): Promise<void> {
  announceMessages(deps, messages);
  const due = deps.clock.now();
  await ringDoorbells(
    deps,
    messages.map(({ integrationId }) => ({ integrationId, due })),
  );
}
