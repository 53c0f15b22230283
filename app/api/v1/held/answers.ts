import type { NotificationWithDeliveries } from "@/db/queries/notifications";
import type { WorkspaceId } from "@/lib/domain/workspace-id";
import { type ApiContext, notFound } from "@/lib/http/api";
import { deliveryWriter, toDeliveries } from "../notifications/answers";
import { ownPerson } from "../preferences/answers";

type Named = ApiContext<{ id: string }>;
type Held = { workspaceId: WorkspaceId; personId: string; notificationId: string };

/** The notification that the caller names, if it is their own; null: it cannot be. */
export async function heldOf(context: Named): Promise<Held | null> {
  const personId = await ownPerson(context);
  const { workspaceId } = context.caller;
  return personId === null ? null : { workspaceId, personId, notificationId: context.params.id };
}

/** Does something with one's own notification, and tells its fates as they are then. */
export async function answerFates(
  context: Named,
  deed: (held: Held) => Promise<NotificationWithDeliveries | null>,
) {
  const held = await heldOf(context);
  const found = held && (await deed(held));
  if (!found) return { problem: notFound() };
  const deliveries = toDeliveries(await deliveryWriter(context), found.deliveries);
  return { status: 200 as const, body: { id: found.id, deliveries } };
}
