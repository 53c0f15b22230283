import { findPaces, type NextInLine, type PaceRow } from "../../db/queries/system/pace";
import type { ClaimedMessage } from "../../db/writes/outbox";
import { type BucketChange, changeBuckets } from "../../db/writes/pace";
import type { Buckets, Waiting } from "../domain/fit-to-pace";
import { fillBucket, type Paced, paceSize, takeTokens } from "../domain/pace";
import type { Deps } from "../ports/deps";
import type { EndedAttempt } from "./record-outcomes";

/*
 * The paces of one account, as a run knows them. Tokens are taken before a claim, each bucket changed
 * only where it still is as we know it: two processes cannot spend the same token. What then does not
 * leave is `unspent` and goes back with the next change.
 */

type Needs = Pick<Deps, "sql" | "clock">;

export type Pacing = {
  readonly accountId: string;
  /** As last read or written. */
  rows: readonly PaceRow[];
  /** Tokens to give back, by the id of their row; below zero: more left than was taken for. */
  readonly unspent: Map<string, number>;
};

/** How often buckets that somebody else has changed are read again; then it is another run's turn. */
export const TRIES = 3;

export async function openPacing({ sql }: Needs, accountId: string): Promise<Pacing> {
  return { accountId, rows: await findPaces(sql, accountId), unspent: new Map() };
}

export async function rereadPaces({ sql }: Needs, pacing: Pacing): Promise<void> {
  pacing.rows = await findPaces(sql, pacing.accountId);
}

export type Filled = {
  readonly buckets: Buckets;
  /** What of `unspent` they hold already. */
  readonly returned: ReadonlyMap<string, number>;
};

/** The buckets at this moment, with what is to go back in them. */
export function fillBuckets({ clock }: Pick<Deps, "clock">, pacing: Pacing): Filled {
  const nowMs = clock.now().getTime();
  const returned = new Map(pacing.unspent);
  const fill = ({ id, perSecond, bucket }: PaceRow): Paced =>
    takeTokens(fillBucket(bucket, { perSecond, nowMs }), -(returned.get(id) ?? 0));
  const workspace = ofWorkspace(pacing);
  const senders = pacing.rows.filter((row) => row.kind === "integration");
  const buckets = {
    senders: new Map(senders.map((row) => [row.id, fill(row)])),
    workspace: workspace ? fill(workspace) : null,
  };
  return { buckets, returned };
}

/** Stores the buckets of these rows; false: somebody else changed one of them, and none was stored. */
export async function storeBuckets(
  { sql }: Needs,
  pacing: Pacing,
  { buckets, returned, ids }: Filled & { ids: readonly string[] },
): Promise<boolean> {
  const changes = pacing.rows.flatMap(({ id, kind, bucket: from }): BucketChange[] => {
    const to = kind === "workspace" ? buckets.workspace : buckets.senders.get(id);
    return to && ids.includes(id) ? [{ id, kind, from, to: to.bucket }] : [];
  });
  if (!(await changeBuckets(sql, changes))) return false;
  const stored = new Map(changes.map(({ id, to }) => [id, to]));
  pacing.rows = pacing.rows.map((row) => ({ ...row, bucket: stored.get(row.id) ?? row.bucket }));
  for (const id of stored.keys()) addUnspent(pacing, id, -(returned.get(id) ?? 0));
  return true;
}

/** Puts what was not spent back into the buckets, at the end of a run. */
export async function returnUnspent(deps: Needs, pacing: Pacing): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const filled = fillBuckets(deps, pacing);
    const ids = [...filled.returned].flatMap(([id, tokens]) => (tokens === 0 ? [] : [id]));
    if (await storeBuckets(deps, pacing, { ...filled, ids })) return;
    await rereadPaces(deps, pacing);
  }
}

/** An attempt that certainly reached no operator gives its tokens back. */
export function giveBackUnsent(pacing: Pacing, { message, end }: EndedAttempt) {
  const isThrottle = end.kind === "retry" && end.isThrottle;
  if (isThrottle || end.kind === "unreachable" || end.kind === "not_started") {
    giveBack(pacing, measureClaimed(message));
  }
}

/** @param times 1 gives back, -1 takes. */
export function giveBack(pacing: Pacing, { integrationId, size }: Waiting, times: 1 | -1 = 1) {
  for (const id of boundBy(pacing, integrationId)) {
    addUnspent(pacing, id, times * (id === integrationId ? size : 1));
  }
}

function addUnspent({ unspent }: Pacing, id: string, tokens: number) {
  unspent.set(id, (unspent.get(id) ?? 0) + tokens);
}

/** The rows whose buckets this sender's messages are taken from; none: it has no pace. */
export function boundBy(pacing: Pacing, integrationId: string): string[] {
  const isOwn = pacing.rows.some((row) => row.kind === "integration" && row.id === integrationId);
  const workspace = ofWorkspace(pacing);
  return [...(isOwn ? [integrationId] : []), ...(workspace ? [workspace.id] : [])];
}

function ofWorkspace({ rows }: Pacing): PaceRow | null {
  return rows.find((row) => row.kind === "workspace") ?? null;
}

export function measureClaimed(row: ClaimedMessage): Waiting {
  return measureNext({ ...row, hasMedia: row.mediaIds.length > 0 });
}

export function measureNext({ integrationId, lane, ...text }: NextInLine): Waiting {
  return { integrationId, lane, size: paceSize(text) };
}
