import type { Database } from "../../db/client";
import { listKeptTypes } from "../../db/queries/notification-types";
import { buildRegistry, type TypeRegistry } from "../domain/notification-types/registry";
import type { WorkspaceId } from "../domain/workspace-id";

/** Every type that holds in a workspace, by one query. */
export async function readTypes(db: Database, workspaceId: WorkspaceId): Promise<TypeRegistry> {
  return buildRegistry(await listKeptTypes(db, workspaceId));
}
