import type postgres from "postgres";
import { withinTime } from "../lib/http/within-time";
import { isDatabaseGone } from "./is-database-gone";

/** A lost connection closes in the same moment; an error that came from elsewhere closes nothing. */
const CLOSES_WITHIN_MS = 500;

type Begin = (work: (tx: postgres.TransactionSql) => unknown) => Promise<unknown>;

/**
 * postgres.js 3.4 writes to a transaction's connection after it was lost (the `rollback` when the work
 * fails, or the work's next statement), and that write ends the whole process. Here nothing reaches
 * a connection any more that is known to be lost.
 */
export function guardTransactions(client: postgres.Sql) {
  const begin = client.begin.bind(client) as Begin;
  const guarded: Begin = (work) => {
    const state: State = { isOver: false, ended: Promise.resolve() };
    const running = begin((tx) => runGuarded(tx, work, state));
    const end = () => {
      state.isOver = true;
    };
    state.ended = running.then(end, end);
    return running;
  };
  client.begin = guarded as typeof client.begin;
}

type State = { isOver: boolean; ended: Promise<void> };

/** Work that outlives its connection never comes back: the driver has rejected for it. */
async function runGuarded(
  tx: postgres.TransactionSql,
  work: Parameters<Begin>[0],
  state: State,
): Promise<unknown> {
  try {
    const result = await work(guard(tx, state));
    if (!state.isOver) return result;
  } catch (error) {
    if (isDatabaseGone(error)) await withinTime(state.ended, CLOSES_WITHIN_MS);
    if (!state.isOver) throw error;
  }
  // Neither `commit` nor `rollback` may follow.
  return new Promise(() => undefined);
}

function guard(tx: postgres.TransactionSql, state: State): postgres.TransactionSql {
  return new Proxy(tx, {
    apply: (target, self, args) => Reflect.apply(refuse(target, state), self, args),
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (name === "savepoint") return savepoint(target, state);
      return typeof value === "function" ? refuse(value, state) : value;
    },
  });
}

/** The same function, which says that the connection is closed once it is. */
function refuse<F extends object>(target: F, state: State): F {
  return new Proxy(target, {
    apply: (fn, self, args) => {
      if (state.isOver) throw new ConnectionLost();
      return Reflect.apply(fn as () => unknown, self, args);
    },
  });
}

function savepoint(tx: postgres.TransactionSql, state: State): Begin {
  return (work) =>
    tx.savepoint((inner) => runGuarded(inner, work, state) as Promise<never>) as Promise<unknown>;
}

class ConnectionLost extends Error {
  readonly code = "CONNECTION_CLOSED";
  constructor() {
    super("the transaction's connection was lost");
  }
}
