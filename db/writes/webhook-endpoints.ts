import { and, eq } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { webhookEndpoints } from "../schema";

export type EndpointRow = typeof webhookEndpoints.$inferSelect;
type NewEndpoint = typeof webhookEndpoints.$inferInsert;

/** How many a workspace may have: each multiplies what every message costs. */
export const MAX_ENDPOINTS = 20;

/** False: the workspace has as many as it may. */
export async function insertEndpoint(tx: Database, row: NewEndpoint): Promise<boolean> {
  const known = await tx.$count(
    webhookEndpoints,
    eq(webhookEndpoints.workspaceId, row.workspaceId),
  );
  if (known >= MAX_ENDPOINTS) return false;
  await tx.insert(webhookEndpoints).values(row);
  return true;
}

type Which = { workspaceId: WorkspaceId; id: string };

/** The endpoint, held until the transaction ends; null: the workspace has none of that id. */
export async function lockEndpoint(tx: Database, which: Which): Promise<EndpointRow | null> {
  const [row] = await tx.select().from(webhookEndpoints).where(isThat(which)).for("no key update");
  return row ?? null;
}

export async function updateEndpointRow(
  tx: Database,
  which: Which,
  set: Partial<NewEndpoint>,
): Promise<void> {
  await tx.update(webhookEndpoints).set(set).where(isThat(which));
}

/** What is owed to it goes with it. @returns its URL; null: the workspace has none of that id */
export async function deleteEndpointRow(tx: Database, which: Which): Promise<string | null> {
  const [row] = await tx
    .delete(webhookEndpoints)
    .where(isThat(which))
    .returning({ url: webhookEndpoints.url });
  return row?.url ?? null;
}

function isThat({ workspaceId, id }: Which) {
  return and(eq(webhookEndpoints.workspaceId, workspaceId), eq(webhookEndpoints.id, id));
}
