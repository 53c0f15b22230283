import { and, eq, gt, isNull } from "drizzle-orm";
import type { TokenKind } from "../../lib/domain/words";
import type { Database } from "../client";
import { oneTimeTokens } from "../schema";

/** A new link of a kind (and user) makes the unused older ones worthless. */
export async function replaceOneTimeToken(db: Database, row: typeof oneTimeTokens.$inferInsert) {
  await deleteUnusedTokens(db, { kind: row.kind, userId: row.userId ?? null });
  await db.insert(oneTimeTokens).values(row);
}

export async function deleteUnusedTokens(
  db: Database,
  input: { kind: TokenKind; userId: string | null },
) {
  await db
    .delete(oneTimeTokens)
    .where(
      and(
        eq(oneTimeTokens.kind, input.kind),
        input.userId ? eq(oneTimeTokens.userId, input.userId) : isNull(oneTimeTokens.userId),
        isNull(oneTimeTokens.usedAt),
      ),
    );
}

/** Uses a link up; of two who try, one gets it. @returns null when it does not work any more. */
export async function claimOneTimeToken(
  db: Database,
  input: { kind: TokenKind; tokenHash: string; now: Date },
) {
  const [row] = await db
    .update(oneTimeTokens)
    .set({ usedAt: input.now })
    .where(
      and(
        eq(oneTimeTokens.kind, input.kind),
        eq(oneTimeTokens.tokenHash, input.tokenHash),
        isNull(oneTimeTokens.usedAt),
        gt(oneTimeTokens.expiresAt, input.now),
      ),
    )
    .returning({ id: oneTimeTokens.id, userId: oneTimeTokens.userId });
  return row ?? null;
}
