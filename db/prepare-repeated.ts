import type postgres from "postgres";

/** Uses after which a text counts as one that will come again. */
const REPEATED = 20;
/** Texts that are kept prepared, on each connection that has run them: some 30 kB of the server each. */
const MOST_PREPARED = 150;
/** Texts that are counted; past it all counts begin again. */
const MOST_COUNTED = 1500;
/** Characters. A longer text lists values: it hardly comes again. */
const LONGEST = 6000;

/**
 * A client whose repeated statements are prepared: they are parsed once a connection, take one round trip
 * in the place of two, and several leave together when nobody waits in between. A query builder makes
 * texts without end (lists of any length), so only so many are ever prepared.
 */
export function prepareRepeated(client: postgres.Sql): postgres.Sql {
  return withPreparing(client, repeatedTexts());
}

type Client = postgres.Sql | postgres.TransactionSql;
type IsRepeated = (text: string) => boolean;
type Transaction = (tx: postgres.TransactionSql) => unknown;

function withPreparing<T extends Client>(client: T, isRepeated: IsRepeated): T {
  return new Proxy(client, {
    get(target, name) {
      if (name === "unsafe") {
        return (text: string, values?: never[], options?: object) =>
          target.unsafe(text, values, { ...options, prepare: isRepeated(text) });
      }
      const own: unknown = Reflect.get(target, name);
      if ((name !== "begin" && name !== "savepoint") || typeof own !== "function") return own;
      return (work: Transaction) =>
        own((tx: postgres.TransactionSql) => work(withPreparing(tx, isRepeated)));
    },
  });
}

function repeatedTexts(): IsRepeated {
  const counts = new Map<string, number>();
  const prepared = new Set<string>();
  return (text) => {
    if (prepared.has(text)) return true;
    if (prepared.size >= MOST_PREPARED || text.length > LONGEST) return false;
    if (counts.size >= MOST_COUNTED) counts.clear();
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    if (count < REPEATED) return false;
    counts.delete(text);
    prepared.add(text);
    return true;
  };
}
