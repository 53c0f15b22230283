import { and, asc, eq, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { addresses } from "../schema";

type Of = { workspaceId: WorkspaceId; personId: string };
export type OwnAddress = Awaited<ReturnType<typeof listOwnAddresses>>[number];

/** A person's addresses with whether they were verified, oldest first. */
export async function listOwnAddresses(db: Database, { workspaceId, personId }: Of) {
  return db
    .select({
      id: addresses.id,
      kind: addresses.kind,
      value: addresses.value,
      isVerified: sql<boolean>`${addresses.verifiedAt} is not null`,
    })
    .from(addresses)
    .where(and(eq(addresses.workspaceId, workspaceId), eq(addresses.personId, personId)))
    .orderBy(asc(addresses.createdAt), asc(addresses.id));
}

/** null: the person has no address of that id. */
export async function findOwnAddress(
  db: Database,
  { id, ...of }: Of & { id: string },
): Promise<OwnAddress | null> {
  const own = await listOwnAddresses(db, of);
  return own.find((one) => one.id === id) ?? null;
}
