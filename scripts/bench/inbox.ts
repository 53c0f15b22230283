import { type Database, openDatabase } from "../../db/client";
import { listCards } from "../../db/queries/cards";
import { conversationDetail } from "../../db/queries/conversations";
import { countViews } from "../../db/queries/counts";
import { threadPage } from "../../db/queries/threads";
import type { Scope } from "../../lib/domain/viewer";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { median, percentile, rounded } from "./figures";
import { BULK_READER, BULK_WORKSPACE, conversationOf, fillInbox } from "./inbox-data";
import { type Rig, withRig } from "./rig";

/**
 * Does the inbox cost the same at 10 k and at 1 M messages? Both databases are asked in turn, so that
 * a busy machine slows both. Reached: p95 at 1 M within 1.5 times that at 10 k, or under 3 ms.
 */

const EACH = 20;
const SIZES = { small: 10_000, large: 1_000_000 } as const;
const ROUNDS = 400;
const WARM_UP = 60;

type Opened = { db: Database; messages: number; close: () => Promise<void> };
type Query = (opened: Opened, round: number) => Promise<unknown>;

const scope: Scope = { workspaceId: BULK_WORKSPACE as WorkspaceId, integrations: "all" };
const userId = BULK_READER;
const now = new Date("2026-11-20T09:00:00Z");

const QUERIES: Record<"list" | "listResolved" | "counts" | "thread" | "open", Query> = {
  list: ({ db }) => listCards(db, scope, { view: "all", userId }),
  listResolved: ({ db }) => listCards(db, scope, { view: "resolved", userId }),
  counts: ({ db }) => countViews(db, scope, userId),
  thread: (opened, round) =>
    threadPage(opened.db, scope, { conversationId: someConversation(opened, round), before: null }),
  open: async (opened, round) => {
    const id = someConversation(opened, round);
    await conversationDetail(opened.db, scope, { id, userId, now });
    await threadPage(opened.db, scope, { conversationId: id, before: null });
  },
};

/** Spread over the whole table, so that no page of it is always the warm one. */
function someConversation({ messages }: Opened, round: number) {
  const conversations = messages / EACH;
  return conversationOf(2 + ((round * 7919) % (conversations - 2)));
}

export function bench(): Promise<Record<string, unknown>> {
  return withRig(async (rig) => {
    const opened = [await openInbox(rig, SIZES.small), await openInbox(rig, SIZES.large)] as const;
    try {
      return await compare(...opened);
    } finally {
      await Promise.all(opened.map(({ close }) => close()));
    }
  });
}

async function compare(small: Opened, large: Opened) {
  const results: Record<string, unknown> = {};
  let isReached = true;
  for (const [name, query] of Object.entries(QUERIES)) {
    const times = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const [a, b] = [await timed(query, small, round), await timed(query, large, round)];
      if (round < WARM_UP) continue;
      times.small.push(a);
      times.large.push(b);
    }
    const [at10k, at1M] = [spread(times.small), spread(times.large)];
    const ratio = { p50: rounded(at1M.p50 / at10k.p50), p95: rounded(at1M.p95 / at10k.p95) };
    const reached = (at1M.p95 <= 3 || ratio.p95 <= 1.5) && (at1M.p50 <= 3 || ratio.p50 <= 1.5);
    isReached &&= reached;
    results[name] = { at10k, at1M, ratio, reached };
  }
  return { bench: "inbox", unit: "ms", rounds: ROUNDS, ...results, reached: isReached };
}

async function timed(query: Query, opened: Opened, round: number) {
  const start = performance.now();
  await query(opened, round);
  return performance.now() - start;
}

function spread(times: readonly number[]) {
  return { p50: rounded(median(times)), p95: rounded(percentile(times, 0.95)) };
}

async function openInbox(rig: Rig, messages: number): Promise<Opened> {
  const url = await rig.makeDatabase();
  const size = { conversations: messages / EACH, messagesEach: EACH, longThread: EACH };
  await fillInbox(rig.connect(url), size);
  return { ...openDatabase(url), messages };
}
