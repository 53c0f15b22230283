import { findLastData } from "@/db/queries/templates";
import { exampleData } from "@/lib/domain/templates/variables";
import type { ApiContext } from "@/lib/http/api";
import type { KnownTemplate } from "@/lib/templates/find-template";

type Given = { variables: Record<string, unknown>; sample?: "short" | "long" | "last" };

/** The values that a client gave, over the sample that it asked for. */
export async function valuesOf(
  { deps, caller }: Pick<ApiContext, "deps" | "caller">,
  template: KnownTemplate,
  { variables, sample }: Given,
): Promise<Record<string, unknown>> {
  if (sample === undefined) return variables;
  if (sample !== "last") return { ...exampleData(template.variables, sample), ...variables };
  const { workspaceId } = caller;
  const last = await findLastData(deps.db, { workspaceId, template });
  return { ...(last ?? exampleData(template.variables, "short")), ...variables };
}
