import postgres from "postgres";

/** Deadlock, serialisation failure, or a row that others deleted or inserted meanwhile: once more settles it. */
const RETRYABLE = new Set(["40P01", "40001", "23503", "23505"]);

/** Would the same statement succeed, asked again? */
export function isWorthRetrying(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth += 1) {
    if (cause instanceof postgres.PostgresError) return RETRYABLE.has(cause.code);
    cause = cause.cause;
  }
  return false;
}
