import { insertAudit } from "../../db/writes/audit";
import { insertPrices } from "../../db/writes/budgets";
import { insertWorkspace } from "../../db/writes/users";
import { FIRST_PRICES } from "../domain/price";
import { isSlug } from "../domain/slug";
import { mintWorkspaceId, type WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

export type CreateWorkspaceOutcome =
  | { kind: "created"; workspaceId: WorkspaceId }
  | { kind: "invalid_slug" }
  | { kind: "slug_taken" };

/** Another tenant, empty; people join it by `npm run -s user -- create` or by invitation. */
export async function createWorkspace(
  deps: Pick<Deps, "db" | "clock" | "chance">,
  input: { slug: string; name: string },
): Promise<CreateWorkspaceOutcome> {
  if (!isSlug(input.slug)) return { kind: "invalid_slug" };
  const workspaceId = mintWorkspaceId(deps.chance.uuid());
  const at = deps.clock.now();
  const { slug, name } = input;
  return deps.db.transaction(async (tx): Promise<CreateWorkspaceOutcome> => {
    const isNew = await insertWorkspace(tx, { id: workspaceId, slug, name, createdAt: at });
    if (!isNew) return { kind: "slug_taken" };
    await insertPrices(tx, workspaceId, FIRST_PRICES);
    const actor = { kind: "system" } as const;
    const target = { type: "workspace", id: workspaceId };
    const action = "workspace.created";
    await insertAudit(tx, { workspaceId, at, actor, action, target, data: { slug } });
    return { kind: "created", workspaceId };
  });
}
