import type { Sql } from "../../db/client";
import { isWorthRetrying } from "../../db/is-worth-retrying";
import type { Deps } from "../ports/deps";

/*
 * Calls that come while a statement is under way *wait*; when it ends, the next statement takes them as
 * a *group*. So a lone call leaves at once, and the busier the door, the larger the groups: most of what
 * a small statement costs is its round and its commit. What fills a whole group does not wait: were all
 * that a door serves at once in one statement, either the database or the process would be idle.
 */

type Needs = Pick<Deps, "sql" | "clock" | "log">;

type Options<In, Out> = {
  /** In the log, such as "status callbacks". */
  name: string;
  /** What no two under way may have in common; the later one goes by a later group. */
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

type Group<In, Out> = {
  calls: readonly Waiting<In, Out>[];
  /** By the monotonic clock. */
  leftAt: number;
};

type Queue<In, Out> = { waiting: Waiting<In, Out>[]; underWay: Set<Group<In, Out>> };

/** More in a statement saves little, and makes its first wait for its last. */
const FULL_GROUP = 24;
const MOST_UNDER_WAY = 2;
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
    const queue = queues.get(deps.sql) ?? { waiting: [], underWay: new Set() };
    queues.set(deps.sql, queue);
    return new Promise((resolve, reject) => {
      queue.waiting.push({ one, resolve, reject });
      sendNext(deps, queue, options);
    });
  };
}

function sendNext<In, Out>(deps: Needs, queue: Queue<In, Out>, options: Options<In, Out>) {
  const { waiting, underWay } = queue;
  const now = deps.clock.monotonic();
  const held = [...underWay].filter(({ leftAt }) => now - leftAt < LOST_AFTER_MS);
  const least = held.length === 0 ? 1 : FULL_GROUP;
  if (held.length >= MOST_UNDER_WAY || waiting.length < least) return;
  const { calls, rest } = takeGroup(waiting, { held, keysOf: options.keysOf });
  if (calls.length < least) return;
  queue.waiting = rest;
  const group = { calls, leftAt: now };
  underWay.add(group);
  void runGroup(deps, calls, options).then(() => {
    underWay.delete(group);
    sendNext(deps, queue, options);
  });
}

type Taking<In, Out> = {
  held: readonly Group<In, Out>[];
  keysOf: Options<In, Out>["keysOf"];
};

/** The longest that wait, each key once, and none that is under way. */
function takeGroup<In, Out>(
  waiting: readonly Waiting<In, Out>[],
  { held, keysOf }: Taking<In, Out>,
) {
  const calls: Waiting<In, Out>[] = [];
  const rest: Waiting<In, Out>[] = [];
  const seen = new Set(held.flatMap((group) => group.calls.flatMap(({ one }) => keysOf(one))));
  for (const call of waiting) {
    const keys = keysOf(call.one);
    const isTaken = calls.length >= FULL_GROUP || keys.some((key) => seen.has(key));
    (isTaken ? rest : calls).push(call);
    for (const key of keys) seen.add(key);
  }
  return { calls, rest };
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
