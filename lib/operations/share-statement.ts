import type { Sql } from "../../db/client";
import { isWorthRetrying } from "../../db/is-worth-retrying";
import type { Deps } from "../ports/deps";

/*
 * Calls that come while a statement is under way *wait*; when it ends, the next statement takes them as
 * a *group*. So a lone call leaves at once, and the busier the door, the larger the groups: most of what
 * a small statement costs is its round and its commit.
 */

type Needs = Pick<Deps, "sql" | "clock" | "log">;

type Options<In, Out> = {
  /** In the log, such as "status callbacks". */
  name: string;
  /** What no two of a group may have in common; the later one goes by a later group. */
  keysOf: (one: In) => readonly string[];
  /** One statement for all, hence all or nothing; answers in their order, null for one left out. */
  together: (sql: Sql, group: readonly In[]) => Promise<readonly (Out | null)[]>;
  alone: (sql: Sql, one: In) => Promise<Out>;
};

type Waiting<In, Out> = {
  one: In;
  resolve: (answer: Out) => void;
  reject: (error: unknown) => void;
};

type Queue<In, Out> = {
  waiting: Waiting<In, Out>[];
  /** When the group that is under way left, by the monotonic clock; null: none is. */
  leftAt: number | null;
};

/** More in a statement saves nothing, and makes its first wait for its last. */
const MAX_GROUP = 50;
/** After it a group counts as lost, its connection perhaps dead, and holds up nobody any more. */
export const LOST_AFTER_MS = 2000;

/**
 * A call of this statement by which calls that come together share one, a queue for each database
 * client. It resolves after its commit; whatever befalls the others has no part in what becomes of it.
 */
export function shareStatement<In, Out>(
  options: Options<In, Out>,
): (deps: Needs, one: In) => Promise<Out> {
  const queues = new WeakMap<Sql, Queue<In, Out>>();
  return (deps, one) => {
    const queue = queues.get(deps.sql) ?? { waiting: [], leftAt: null };
    queues.set(deps.sql, queue);
    return new Promise((resolve, reject) => {
      queue.waiting.push({ one, resolve, reject });
      sendNext(deps, queue, options);
    });
  };
}

function sendNext<In, Out>(deps: Needs, queue: Queue<In, Out>, options: Options<In, Out>) {
  const now = deps.clock.monotonic();
  const isFree = queue.leftAt === null || now - queue.leftAt >= LOST_AFTER_MS;
  if (!isFree || queue.waiting.length === 0) return;
  const { group, rest } = takeGroup(queue.waiting, options);
  queue.waiting = rest;
  queue.leftAt = now;
  void runGroup(deps, group, options).then(() => {
    if (queue.leftAt === now) queue.leftAt = null;
    sendNext(deps, queue, options);
  });
}

/** The longest that wait, each key once. */
function takeGroup<In, Out>(
  waiting: readonly Waiting<In, Out>[],
  { keysOf }: Pick<Options<In, Out>, "keysOf">,
) {
  const group: Waiting<In, Out>[] = [];
  const rest: Waiting<In, Out>[] = [];
  const seen = new Set<string>();
  for (const call of waiting) {
    const keys = keysOf(call.one);
    const isTaken = group.length >= MAX_GROUP || keys.some((key) => seen.has(key));
    (isTaken ? rest : group).push(call);
    for (const key of keys) seen.add(key);
  }
  return { group, rest };
}

/** Never throws: a group that fails says nothing about its members, so each is then tried by itself. */
async function runGroup<In, Out>(
  { sql, log }: Needs,
  group: readonly Waiting<In, Out>[],
  { name, together, alone }: Options<In, Out>,
): Promise<void> {
  const [first] = group;
  let answers: readonly (Out | null)[] = [];
  try {
    answers = await together(
      sql,
      group.map(({ one }) => one),
    );
  } catch (error) {
    if (first && group.length === 1 && !isWorthRetrying(error)) return first.reject(error);
    log.warn({ error, calls: group.length }, `[DATABASE] ${name}: a group is stored one by one`);
  }
  for (const [nth, { one, resolve, reject }] of group.entries()) {
    const answer = answers[nth] ?? null;
    if (answer !== null) resolve(answer);
    else alone(sql, one).then(resolve, reject);
  }
}
