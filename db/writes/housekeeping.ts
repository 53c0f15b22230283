import { and, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Database } from "../client";
import {
  blobs,
  idempotencyKeys,
  jobRuns,
  leases,
  media,
  oneTimeTokens,
  phoneClaims,
  rateLimits,
  sessions,
  webhookDeliveries,
} from "../schema";

export type Housekeeping = {
  /** Idempotency keys made before this are past their 24 h. */
  keysBefore: Date;
  /** Sessions, links, codes and counters that ended before this. */
  endedBefore: Date;
  /** Job runs finished before this. */
  runsBefore: Date;
  /** Uploads that no message took before this. */
  uploadsBefore: Date;
  /** Events of webhooks that happened before this. */
  webhooksBefore: Date;
};

export type Swept = Record<
  | "idempotencyKeys"
  | "sessions"
  | "oneTimeTokens"
  | "phoneClaims"
  | "jobRuns"
  | "leases"
  | "rateLimits"
  | "webhooks"
  | "uploads",
  number
>;

/** Deletes what has served its time, over all workspaces. Answers how many rows of each went. */
export async function sweepHousekeeping(db: Database, input: Housekeeping): Promise<Swept> {
  return {
    ...(await forEachKind(input, (table, where) => deleteRows(db, table, where))),
    uploads: await deleteUploads(db, input.uploadsBefore),
  };
}

/** How many rows `sweepHousekeeping` would delete. */
export async function countHousekeeping(db: Database, input: Housekeeping): Promise<Swept> {
  return {
    ...(await forEachKind(input, (table, where) => db.$count(table, where))),
    uploads: await db.$count(media, abandoned(input.uploadsBefore)),
  };
}

async function forEachKind(
  input: Housekeeping,
  apply: (table: PgTable, where: SQL | undefined) => Promise<number>,
) {
  return {
    idempotencyKeys: await apply(idempotencyKeys, lt(idempotencyKeys.createdAt, input.keysBefore)),
    sessions: await apply(sessions, lt(sessions.expiresAt, input.endedBefore)),
    oneTimeTokens: await apply(oneTimeTokens, lt(oneTimeTokens.expiresAt, input.endedBefore)),
    phoneClaims: await apply(phoneClaims, lt(phoneClaims.expiresAt, input.endedBefore)),
    jobRuns: await apply(
      jobRuns,
      and(isNotNull(jobRuns.finishedAt), lt(jobRuns.finishedAt, input.runsBefore)),
    ),
    leases: await apply(leases, lt(leases.lockedUntil, sql`now() - interval '1 day'`)),
    webhooks: await apply(
      webhookDeliveries,
      lt(webhookDeliveries.occurredAt, input.webhooksBefore),
    ),
    rateLimits: await apply(rateLimits, lt(rateLimits.expire, input.endedBefore.getTime())),
  };
}

async function deleteRows(db: Database, table: PgTable, where: SQL | undefined): Promise<number> {
  const deleted = await db.delete(table).where(where);
  return deleted.count;
}

/** The bytes go with the row: nothing else points at them. */
async function deleteUploads(db: Database, before: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const gone = await tx
      .delete(media)
      .where(abandoned(before))
      .returning({ blobId: media.blobId });
    const blobIds = gone.flatMap((row) => (row.blobId ? [row.blobId] : []));
    if (blobIds.length > 0) await tx.delete(blobs).where(inArray(blobs.id, blobIds));
    return gone.length;
  });
}

function abandoned(before: Date) {
  return and(isNull(media.messageId), eq(media.direction, "out"), lt(media.createdAt, before));
}
