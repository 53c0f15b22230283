import type { Administrator } from "../../lib/domain/viewer";
import type { Deps } from "../../lib/ports/deps";
import { createWorkspace } from "./workspace";

/** A new tenant and somebody who may do everything in it, as the command line does. */
export async function createSystemOwner(deps: Pick<Deps, "db" | "clock" | "chance" | "cipher">) {
  const workspace = await createWorkspace(deps);
  const { workspaceId } = workspace;
  const by: Administrator = { workspaceId, actor: { kind: "system" }, role: "owner" };
  return { ...workspace, by };
}
