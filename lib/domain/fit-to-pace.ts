import { holds, holdsAt, type Paced, takeTokens, tokensFor, workspaceShare } from "./pace";
import type { Lane } from "./words";

export type Buckets = {
  /** Of the senders that have a pace, by their id: in segments. */
  readonly senders: ReadonlyMap<string, Paced>;
  /** The workspace's, in messages; null: it has none. */
  readonly workspace: Paced | null;
};

/** A row that could leave now, but for the pace. */
export type Waiting = {
  readonly integrationId: string;
  readonly lane: Lane;
  /** Segments. */
  readonly size: number;
};

type Fit = { readonly leaving: readonly Waiting[]; readonly buckets: Buckets };

/**
 * Which of the waiting rows, given in the order in which they would leave, the paces let go now, and
 * what that leaves in the buckets. Nothing overtakes: a sender's first row that has to wait holds up
 * all behind it, and one that the workspace's pace holds up, everybody.
 */
export function fitToPace(
  waiting: readonly Waiting[],
  { buckets, slots }: { buckets: Buckets; slots: { all: number; normal: number } },
): Fit {
  const senders = new Map(buckets.senders);
  let { workspace } = buckets;
  const leaving: Waiting[] = [];
  const free = { ...slots };
  const held = new Set<string>();
  for (const row of waiting) {
    if (free.all === 0 || held.has(row.integrationId)) continue;
    if (row.lane === "normal" && free.normal === 0) break;
    if (workspace && !holds(workspace, workspaceTokens(workspace, row.lane))) break;
    const sender = senders.get(row.integrationId);
    if (sender && !holds(sender, tokensFor(sender, row.size))) {
      held.add(row.integrationId);
      continue;
    }
    if (sender) senders.set(row.integrationId, takeTokens(sender, row.size));
    if (workspace) workspace = takeTokens(workspace, 1);
    leaving.push(row);
    free.all -= 1;
    if (row.lane === "normal") free.normal -= 1;
  }
  return { leaving, buckets: { senders, workspace } };
}

/** How long a bulk lets tokens gather, so that a run sends several: a pace is no reason to run for each. */
const GATHER_MS = 500;

/**
 * When a sender's first waiting row may leave, in milliseconds since 1970. A reply at the very moment;
 * a bulk somewhat later, together with what follows, but before a bucket is full and runs over.
 */
export function leavesAt({ integrationId, lane, size }: Waiting, buckets: Buckets, nowMs: number) {
  const sender = buckets.senders.get(integrationId) ?? null;
  const { workspace } = buckets;
  const possible = Math.max(
    nowMs,
    sender ? holdsAt(sender, tokensFor(sender, size)) : nowMs,
    workspace ? holdsAt(workspace, workspaceTokens(workspace, lane)) : nowMs,
  );
  if (lane === "interactive" || (!sender && !workspace)) return possible;
  const full = [sender, workspace].map((paced) =>
    paced ? holdsAt(paced, paced.perSecond) : Infinity,
  );
  return Math.max(possible, Math.min(nowMs + GATHER_MS, ...full));
}

/** Could anything of this sender leave now, if it waited? */
export function isOpenTo(integrationId: string, { senders, workspace }: Buckets): boolean {
  const sender = senders.get(integrationId);
  if (sender && !holds(sender, tokensFor(sender, 1))) return false;
  return !workspace || holds(workspace, workspaceTokens(workspace, "interactive"));
}

/** How many of this sender's rows could leave now at most: the smallest message has size 1. */
export function mostOf(integrationId: string, { senders, workspace }: Buckets): number {
  const paces = [senders.get(integrationId), workspace].flatMap((paced) => (paced ? [paced] : []));
  return Math.max(1, Math.min(...paces.map(({ bucket }) => Math.floor(bucket.tokens) + 1)));
}

function workspaceTokens(workspace: Paced, lane: Lane): number {
  return tokensFor(workspace, 1, workspaceShare(lane));
}
