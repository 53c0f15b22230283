import { and, eq, gt, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { addressCodes, addresses } from "../schema";

/** The code of an address; the one before is worthless. */
export async function putAddressCode(tx: Database, row: typeof addressCodes.$inferInsert) {
  const { codeHash, triesLeft, expiresAt } = row;
  await tx.insert(addressCodes).values(row).onConflictDoUpdate({
    target: addressCodes.addressId,
    set: { codeHash, triesLeft, expiresAt },
  });
}

type Of = { workspaceId: WorkspaceId; addressId: string };

/**
 * Takes one of the tries that are left, of any number at once never more than there are.
 * @returns the hash to compare with; null: there is no code, or it works no more
 */
export async function takeCodeTry(
  db: Database,
  { workspaceId, addressId, now }: Of & { now: Date },
): Promise<string | null> {
  const [row] = await db
    .update(addressCodes)
    .set({ triesLeft: sql`${addressCodes.triesLeft} - 1` })
    .where(
      and(
        eq(addressCodes.workspaceId, workspaceId),
        eq(addressCodes.addressId, addressId),
        gt(addressCodes.triesLeft, 0),
        gt(addressCodes.expiresAt, now),
      ),
    )
    .returning({ codeHash: addressCodes.codeHash });
  return row?.codeHash ?? null;
}

/** Uses a code up. @returns false when another has used it, or a new one has taken its place. */
export async function useAddressCode(
  tx: Database,
  { workspaceId, addressId, codeHash }: Of & { codeHash: string },
): Promise<boolean> {
  const rows = await tx
    .delete(addressCodes)
    .where(
      and(
        eq(addressCodes.workspaceId, workspaceId),
        eq(addressCodes.addressId, addressId),
        eq(addressCodes.codeHash, codeHash),
      ),
    )
    .returning({ addressId: addressCodes.addressId });
  return rows.length > 0;
}

/** The number is the person's, on whichever channel it is reached. */
export async function markVerified(
  tx: Database,
  input: { workspaceId: WorkspaceId; personId: string; value: string; at: Date },
) {
  await tx
    .update(addresses)
    .set({ verifiedAt: input.at })
    .where(
      and(
        eq(addresses.workspaceId, input.workspaceId),
        eq(addresses.personId, input.personId),
        eq(addresses.value, input.value),
      ),
    );
}
