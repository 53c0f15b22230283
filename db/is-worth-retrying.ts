import postgres from "postgres";

/** Deadlock, serialisation failure, or a row that others deleted or inserted meanwhile: once more settles it. */
const RETRYABLE = new Set(["40P01", "40001", "23503", "23505"]);

/** Would the same statement succeed, asked again? */
export function isWorthRetrying(error: unknown): boolean {
  return error instanceof postgres.PostgresError && RETRYABLE.has(error.code);
}
