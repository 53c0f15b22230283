import { and, eq, gt, sql } from "drizzle-orm";
import type { ClaimKind } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { phoneClaims } from "../schema";

export type PhoneClaim = typeof phoneClaims.$inferSelect;
type Of = { workspaceId: WorkspaceId; personId: string; kind: ClaimKind };

/** What a person claims, with its code, in the place of what they claimed before. */
export async function putPhoneClaim(db: Database, row: PhoneClaim): Promise<void> {
  const { workspaceId: _, personId: __, kind: ___, ...set } = row;
  await db
    .insert(phoneClaims)
    .values(row)
    .onConflictDoUpdate({ target: [phoneClaims.personId, phoneClaims.kind], set });
}

/**
 * Takes one of the tries that are left, of any number at once never more than there are.
 * @returns what is claimed; null: nothing is, or its code works no more
 */
export async function takeClaimTry(
  db: Database,
  { now, ...of }: Of & { now: Date },
): Promise<PhoneClaim | null> {
  const [row] = await db
    .update(phoneClaims)
    .set({ triesLeft: sql`${phoneClaims.triesLeft} - 1` })
    .where(and(theirs(of), gt(phoneClaims.triesLeft, 0), gt(phoneClaims.expiresAt, now)))
    .returning();
  return row ?? null;
}

/** Ends a claim by its code. @returns false when another has, or a new code has taken its place. */
export async function usePhoneClaim(
  tx: Database,
  { codeHash, ...of }: Of & { codeHash: string },
): Promise<boolean> {
  const rows = await tx
    .delete(phoneClaims)
    .where(and(theirs(of), eq(phoneClaims.codeHash, codeHash)))
    .returning({ personId: phoneClaims.personId });
  return rows.length > 0;
}

/** They claim nothing of the kind any more. */
export async function deletePhoneClaim(db: Database, of: Of): Promise<void> {
  await db.delete(phoneClaims).where(theirs(of));
}

function theirs({ workspaceId, personId, kind }: Of) {
  return and(
    eq(phoneClaims.workspaceId, workspaceId),
    eq(phoneClaims.personId, personId),
    eq(phoneClaims.kind, kind),
  );
}
