/**
 * The kind of an error without its words, which may quote whose data it was about: the code of the
 * database or the system at the bottom of it, such as `23505` or `ECONNREFUSED`, else its name.
 */
export function classOfError(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.cause instanceof Error ? classOfError(error.cause) : error.name;
}
