type Described = {
  type: string;
  message: string;
  /** Of the database or the system, such as `23505` or `ECONNREFUSED`. */
  code?: string;
  stack?: string;
  cause?: unknown;
};

const MAX_CAUSES = 5;
/** The lines of a stack at the end of a text: each names a place in a file. */
const STACK = /(?:\n {4}at [^\n]*(?::\d+:\d+\)?|\(<anonymous>\)))*$/;

/**
 * An error as a log line may hold it: what, where and why, never with what. The parameters of a failed
 * query are message bodies, numbers and hashes; drizzle puts them into message and stack, and
 * PostgreSQL's `detail` quotes whole rows.
 */
export function describeError(error: unknown, depth = 0): unknown {
  if (typeof error === "string") return withoutParameters(error);
  if (!(error instanceof Error)) return error;
  const { cause } = error;
  const described: Described = { type: error.name, message: withoutParameters(error.message) };
  if ("code" in error && error.code !== undefined) described.code = String(error.code);
  if (error.stack) described.stack = withoutParameters(error.stack);
  if (cause instanceof Error && depth < MAX_CAUSES) {
    described.cause = describeError(cause, depth + 1);
  }
  return described;
}

/** Takes out what drizzle appends to a query's text, up to the lines of the stack. */
function withoutParameters(text: string): string {
  const start = text.indexOf("\nparams: ");
  if (start < 0) return text;
  return text.slice(0, start) + (STACK.exec(text.slice(start))?.[0] ?? "");
}
