import { type Placeholder, sql } from "drizzle-orm";
import type { Database } from "./client";

/** What the builder has put into words: of this it tells only the query, and not how rows are read. */
type Built = ReturnType<Session["prepareQuery"]>;
type Session = Database["_"]["session"];
type Fields = Parameters<Session["prepareQuery"]>[1];
type Reading = { fields: Fields; joinsNotNullableMap: Readonly<Record<string, boolean>> };

type Builder<R> = {
  prepare: (name: string) => { execute: (values?: Record<string, unknown>) => Promise<R> };
};

/** Any name: the client decides itself what it prepares (prepareRepeated). */
const NAMED = "remembered";

/** Stands in the place of a value. */
export type Given<K extends string> = (name: K) => Placeholder;

/**
 * A query of the builder that is put into words once a process: for what is asked with every message, since
 * the builder takes several times as long for its text as the driver takes to send it.
 *
 * @param build the query, with `given("name")` in the place of each value
 * @returns asks it, with the values by their names as PostgreSQL writes them: moments in ISO 8601, lists by
 *   `uuidList` or `textList`. It leaves at once, before a query of the builder that stands beside it in a
 *   `Promise.all`, which leaves when it is awaited: where one must come first, wait for it.
 */
export function rememberQuery<K extends string, R>(
  build: (db: Database, given: Given<K>) => Builder<R>,
): (db: Database, values: Readonly<Record<K, string>>) => Promise<R> {
  let known: (Reading & { query: ReturnType<Built["getQuery"]> }) | null = null;
  return (db, values) => {
    if (!known) {
      const built = build(db, (name) => sql.placeholder(name)).prepare(NAMED) as Built & Reading;
      const { fields, joinsNotNullableMap } = built;
      known = { query: built.getQuery(), fields, joinsNotNullableMap };
    }
    const { query, fields, joinsNotNullableMap } = known;
    const prepared = db._.session.prepareQuery(query, fields, NAMED, true);
    return Object.assign(prepared, { joinsNotNullableMap }).execute(values) as Promise<R>;
  };
}
