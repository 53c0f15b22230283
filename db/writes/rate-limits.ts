import type { Sql } from "../client";

type Query = { text: string; values: (string | number)[] };

/**
 * The raw client in the shape that rate-limiter-flexible's PostgreSQL store asks for.
 * Its counters are in `rate_limits`.
 */
export function rateLimitStore(sql: Sql) {
  return {
    query: async ({ text, values }: Query) => {
      const rows = await sql.unsafe(text, values);
      return { rows: [...rows], rowCount: rows.count };
    },
  };
}
