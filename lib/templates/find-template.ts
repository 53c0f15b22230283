import type { Database } from "../../db/client";
import { findOwnTemplate, listOwnTemplates } from "../../db/queries/templates";
import type { Template } from "../domain/templates/template";
import { findShipped, shippedTemplates } from "../domain/templates/template-id";
import type { WorkspaceId } from "../domain/workspace-id";

export type KnownTemplate = Template & {
  /** null: as shipped. */
  readonly updatedAt: Date | null;
};

type Of = { workspaceId: WorkspaceId; id: string };

/** A template as it is: the workspace's own, else as shipped; null: there is none of that id. */
export async function findTemplate(
  db: Database,
  { workspaceId, id }: Of,
): Promise<KnownTemplate | null> {
  const own = await findOwnTemplate(db, { workspaceId, id });
  if (own) return own;
  const shipped = findShipped(workspaceId, id);
  return shipped && { ...shipped, updatedAt: null };
}

/** All that a workspace can send: what it wrote, and the shipped ones that it left as they are. */
export async function listTemplates(
  db: Database,
  workspaceId: WorkspaceId,
): Promise<KnownTemplate[]> {
  const own = await listOwnTemplates(db, workspaceId);
  const byId = new Map(own.map((one) => [one.id, one]));
  const shipped = shippedTemplates(workspaceId);
  const ids = new Set(shipped.map(({ id }) => id));
  return [
    ...own.filter(({ id }) => !ids.has(id)),
    ...shipped.map((one) => byId.get(one.id) ?? { ...one, updatedAt: null }),
  ];
}
