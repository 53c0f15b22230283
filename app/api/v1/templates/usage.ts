import { findTemplateUsage } from "@/db/queries/templates";
import type { ApiContext } from "@/lib/http/api";
import type { KnownTemplate } from "@/lib/templates/find-template";
import { toTemplate } from "./answers";

/** The templates as they leave the house, each with how its sends went. */
export async function withUsage(
  { deps, caller }: Pick<ApiContext, "deps" | "caller">,
  templates: readonly KnownTemplate[],
) {
  const { workspaceId } = caller;
  const ids = templates.map(({ id }) => id);
  const usage = await findTemplateUsage(deps.db, { workspaceId, ids });
  const byId = new Map(usage.map((one) => [one.templateId, one]));
  return templates.map((one) => toTemplate(one, byId.get(one.id) ?? null));
}
