import type { Sql } from "./client";
import { isDatabaseGone } from "./is-database-gone";

type Options<In, Out> = {
  /** One statement for all of them; answers in their order. */
  run: (sql: Sql, group: readonly In[]) => Promise<readonly Out[]>;
  /** Two of one key are never in one group; left out: any may be. */
  keyOf?: (one: In) => string;
  /** At most so many in a group. */
  most: number;
};

type Waiting<In, Out> = {
  one: In;
  resolve: (answer: Out) => void;
  reject: (error: unknown) => void;
};
type Queue<In, Out> = { waiting: Waiting<In, Out>[]; isBusy: boolean };

/**
 * Lets calls that come while a statement is under way share the next one: under load one round and one
 * commit serve many, and a lone call goes at once. One group at a time, a queue for each client. Each
 * is answered after its group's commit; where a group fails each of it is tried alone, so that nobody
 * pays for a neighbour.
 */
export function shareStatement<In, Out>(
  options: Options<In, Out>,
): (sql: Sql, one: In) => Promise<Out> {
  const queues = new WeakMap<Sql, Queue<In, Out>>();
  return (sql, one) => {
    const queue = queues.get(sql) ?? { waiting: [], isBusy: false };
    queues.set(sql, queue);
    return new Promise((resolve, reject) => {
      queue.waiting.push({ one, resolve, reject });
      if (!queue.isBusy) void serve(sql, queue, options);
    });
  };
}

async function serve<In, Out>(sql: Sql, queue: Queue<In, Out>, options: Options<In, Out>) {
  queue.isBusy = true;
  // What this turn of the event loop still brings goes along: requests come in handfuls.
  await new Promise(setImmediate);
  while (queue.waiting.length > 0) await runGroup(sql, takeGroup(queue, options), options);
  queue.isBusy = false;
}

function takeGroup<In, Out>(queue: Queue<In, Out>, { keyOf, most }: Options<In, Out>) {
  if (!keyOf) return queue.waiting.splice(0, most);
  const group = new Map<string, Waiting<In, Out>>();
  const left: Waiting<In, Out>[] = [];
  for (const call of queue.waiting) {
    const key = keyOf(call.one);
    if (group.size < most && !group.has(key)) group.set(key, call);
    else left.push(call);
  }
  queue.waiting = left;
  return [...group.values()];
}

async function runGroup<In, Out>(
  sql: Sql,
  group: readonly Waiting<In, Out>[],
  options: Options<In, Out>,
): Promise<void> {
  try {
    const answers = await options.run(
      sql,
      group.map(({ one }) => one),
    );
    for (const [index, call] of group.entries()) call.resolve(answers[index] as Out);
  } catch (error) {
    if (group.length > 1 && !isDatabaseGone(error)) {
      for (const call of group) await runGroup(sql, [call], options);
    } else for (const call of group) call.reject(error);
  }
}
