import type { Sql } from "../../db/client";
import {
  type InboundRow,
  isWorthRetrying,
  type StoredInbound,
  storeInbound,
} from "../../db/writes/inbound";
import { fitsGroup, storeInboundGroup } from "../../db/writes/inbound-group";
import type { Deps } from "../ports/deps";

/*
 * Texts that arrive while a statement is under way *wait*; when it ends, the next statement takes them
 * as a *group*. So a lone text leaves at once, and the busier the door, the larger the groups: a text
 * in a group of 25 costs half of one alone. What a group leaves out is stored *alone*, beside the
 * groups.
 */

type Needs = Pick<Deps, "sql" | "clock" | "log">;

type Waiting = {
  row: InboundRow;
  resolve: (stored: StoredInbound) => void;
  reject: (error: unknown) => void;
};

type Queue = {
  waiting: Waiting[];
  /** When the group that is under way left, by the monotonic clock; null: none is. */
  leftAt: number | null;
};

/** More in a statement saves nothing, and makes its first text wait for its last. */
const MAX_GROUP = 50;
/** After it a group counts as lost, its connection perhaps dead, and holds up nobody any more. */
const LOST_AFTER_MS = 2000;

const queues = new WeakMap<Sql, Queue>();

/**
 * Stores a text, together with others that arrive at the same time where that is cheaper. Resolves
 * after its commit; whatever befalls the others has no part in what becomes of it.
 *
 * @throws when it could not be stored, or when the database is gone (see `isDatabaseGone`)
 */
export function storeInGroups(deps: Needs, row: InboundRow): Promise<StoredInbound> {
  if (!fitsGroup(row)) return storeAlone(deps, row);
  const queue = queueOf(deps.sql);
  return new Promise((resolve, reject) => {
    queue.waiting.push({ row, resolve, reject });
    sendNext(deps, queue);
  });
}

function queueOf(sql: Sql): Queue {
  const queue = queues.get(sql) ?? { waiting: [], leftAt: null };
  queues.set(sql, queue);
  return queue;
}

function sendNext(deps: Needs, queue: Queue) {
  const now = deps.clock.monotonic();
  const isFree = queue.leftAt === null || now - queue.leftAt >= LOST_AFTER_MS;
  if (!isFree || queue.waiting.length === 0) return;
  const { group, rest } = takeGroup(queue.waiting);
  queue.waiting = rest;
  queue.leftAt = now;
  void storeGroup(deps, group).then(() => {
    if (queue.leftAt === now) queue.leftAt = null;
    sendNext(deps, queue);
  });
}

/** The longest that wait, but one text a person and a provider's message: later ones go by a later group. */
function takeGroup(waiting: readonly Waiting[]) {
  const [group, rest]: [Waiting[], Waiting[]] = [[], []];
  const seen = new Set<string>();
  let next = 0;
  for (let one = waiting[0]; one && group.length < MAX_GROUP; one = waiting[++next]) {
    const { workspaceId, address, accountId, providerId } = one.row;
    const keys = [`${workspaceId} ${address.kind} ${address.value}`, `${accountId} ${providerId}`];
    (keys.some((key) => seen.has(key)) ? rest : group).push(one);
    for (const key of keys) seen.add(key);
  }
  return { group, rest: [...rest, ...waiting.slice(next)] };
}

/** Never throws: a group that fails says nothing about its texts, so each is then tried by itself. */
async function storeGroup(deps: Needs, group: readonly Waiting[]): Promise<void> {
  const rows = group.map(({ row }) => row);
  const [lone] = group;
  let outcomes: Awaited<ReturnType<typeof storeInboundGroup>> = [];
  try {
    outcomes = await storeInboundGroup(deps.sql, rows);
  } catch (error) {
    if (lone && group.length === 1 && !isWorthRetrying(error)) return lone.reject(error);
    deps.log.warn({ error, texts: rows.length }, "[SMS WEBHOOK] A group is stored one by one");
  }
  for (const [nth, { row, resolve, reject }] of group.entries()) {
    const outcome = outcomes[nth];
    if (outcome) resolve(outcome);
    else storeAlone(deps, row).then(resolve, reject);
  }
}

async function storeAlone({ sql }: Pick<Needs, "sql">, row: InboundRow): Promise<StoredInbound> {
  try {
    return await storeInbound(sql, row);
  } catch (error) {
    if (!isWorthRetrying(error)) throw error;
    return storeInbound(sql, row);
  }
}
