import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { idempotencyKeys } from "../schema";

export type KeyName = { workspaceId: WorkspaceId; route: string; key: string };

type Claim = KeyName & {
  payloadHash: string;
  now: Date;
  /** Answers from before this are forgotten. */
  forgetBefore: Date;
  /** Seconds after which a first request that gave no answer counts as dead. */
  leaseSeconds: number;
};

/**
 * Takes a key for a first request. null: taken; otherwise the row that holds it. A key whose first
 * request died, or whose answer is older than a day, is taken over.
 */
export async function claimKey(db: Database, claim: Claim) {
  const { workspaceId, route, key, payloadHash, now } = claim;
  const lockedUntil = sql`now() + make_interval(secs => ${claim.leaseSeconds})`;
  const fresh = { payloadHash, createdAt: now, lockedUntil };
  const taken = await db
    .insert(idempotencyKeys)
    .values({ workspaceId, route, key, ...fresh })
    .onConflictDoUpdate({
      target: [idempotencyKeys.workspaceId, idempotencyKeys.route, idempotencyKeys.key],
      set: { ...fresh, responseStatus: null, responseBody: null },
      setWhere: or(
        lt(idempotencyKeys.createdAt, claim.forgetBefore),
        and(isNull(idempotencyKeys.responseStatus), lt(idempotencyKeys.lockedUntil, sql`now()`)),
      ),
    })
    .returning({ key: idempotencyKeys.key });
  if (taken.length > 0) return null;
  const [holder] = await db.select().from(idempotencyKeys).where(named(claim));
  return holder ?? null;
}

/** Keeps the first answer. */
export async function keepAnswer(db: Database, name: KeyName, status: number, body: unknown) {
  await db
    .update(idempotencyKeys)
    .set({ responseStatus: status, responseBody: body })
    .where(named(name));
}

/** Gives a key back whose request came to nothing, so that the client may try again. */
export async function freeKey(db: Database, name: KeyName) {
  await db.delete(idempotencyKeys).where(and(named(name), isNull(idempotencyKeys.responseStatus)));
}

function named({ workspaceId, route, key }: KeyName) {
  return and(
    eq(idempotencyKeys.workspaceId, workspaceId),
    eq(idempotencyKeys.route, route),
    eq(idempotencyKeys.key, key),
  );
}
