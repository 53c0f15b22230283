import { and, asc, desc, eq, gte, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { webhookDeliveries, webhookEndpoints } from "../schema";

/** No secret among them. */
const SHOWN = {
  id: webhookEndpoints.id,
  url: webhookEndpoints.url,
  description: webhookEndpoints.description,
  events: webhookEndpoints.events,
  isActive: webhookEndpoints.isActive,
  disabledAt: webhookEndpoints.disabledAt,
  disabledReason: webhookEndpoints.disabledReason,
  failingSince: webhookEndpoints.failingSince,
  previousUntil: webhookEndpoints.previousUntil,
  createdAt: webhookEndpoints.createdAt,
  updatedAt: webhookEndpoints.updatedAt,
};

/** A workspace's endpoints, oldest first. */
export async function listEndpoints(db: Database, workspaceId: WorkspaceId) {
  return db
    .select(SHOWN)
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.workspaceId, workspaceId))
    .orderBy(asc(webhookEndpoints.createdAt), asc(webhookEndpoints.id));
}

export type ShownEndpoint = Awaited<ReturnType<typeof listEndpoints>>[number];
type Which = { workspaceId: WorkspaceId; id: string };

/** null: the workspace has none of that id. */
export async function findEndpoint(db: Database, which: Which): Promise<ShownEndpoint | null> {
  const { workspaceId, id } = which;
  const [row] = await db
    .select(SHOWN)
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.workspaceId, workspaceId), eq(webhookEndpoints.id, id)));
  return row ?? null;
}

/** The latest events that an endpoint was owed, newest first. */
export async function listWebhookDeliveries(db: Database, { workspaceId, id }: Which) {
  return db
    .select({
      id: webhookDeliveries.id,
      type: webhookDeliveries.type,
      occurredAt: webhookDeliveries.occurredAt,
      status: webhookDeliveries.status,
      attempts: webhookDeliveries.attempts,
      nextAttemptAt: webhookDeliveries.nextAttemptAt,
      deliveredAt: webhookDeliveries.deliveredAt,
    })
    .from(webhookDeliveries)
    .where(
      and(eq(webhookDeliveries.workspaceId, workspaceId), eq(webhookDeliveries.endpointId, id)),
    )
    .orderBy(desc(webhookDeliveries.occurredAt), desc(webhookDeliveries.id))
    .limit(50);
}

/** What came of an endpoint's events since a moment. */
export async function countWebhookDeliveries(
  db: Database,
  { workspaceId, id, since }: Which & { since: Date },
) {
  const { status, occurredAt } = webhookDeliveries;
  const ofStatus = (word: string) => sql<number>`count(*) filter (where ${status} = ${word})::int`;
  const [row] = await db
    .select({
      delivered: ofStatus("delivered"),
      owed: ofStatus("owed"),
      failed: ofStatus("failed"),
    })
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.workspaceId, workspaceId),
        eq(webhookDeliveries.endpointId, id),
        gte(occurredAt, since),
      ),
    );
  return row ?? { delivered: 0, owed: 0, failed: 0 };
}
