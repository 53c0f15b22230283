import { and, eq, inArray } from "drizzle-orm";
import type { Actor } from "../../lib/domain/viewer";
import type { PauseScope } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { sendingPauses } from "../schema";

type Of = { workspaceId: WorkspaceId; scopes: readonly PauseScope[] };

/** @returns those that were not paused before */
export async function insertSendingPauses(
  tx: Database,
  { workspaceId, scopes, at, actor }: Of & { at: Date; actor: Actor },
): Promise<PauseScope[]> {
  if (scopes.length === 0) return [];
  const who = {
    byUserId: actor.kind === "user" ? actor.userId : null,
    byApiKeyId: actor.kind === "api_key" ? actor.apiKeyId : null,
  };
  const rows = await tx
    .insert(sendingPauses)
    .values(scopes.map((scope) => ({ workspaceId, scope, since: at, ...who })))
    .onConflictDoNothing()
    .returning({ scope: sendingPauses.scope });
  return rows.map(({ scope }) => scope);
}

/** @returns those that were paused until now */
export async function deleteSendingPauses(
  tx: Database,
  { workspaceId, scopes }: Of,
): Promise<PauseScope[]> {
  if (scopes.length === 0) return [];
  const rows = await tx
    .delete(sendingPauses)
    .where(
      and(eq(sendingPauses.workspaceId, workspaceId), inArray(sendingPauses.scope, [...scopes])),
    )
    .returning({ scope: sendingPauses.scope });
  return rows.map(({ scope }) => scope);
}
