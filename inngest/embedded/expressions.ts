/**
 * The two forms of CEL that our functions and the SDK's own failure handlers need: a path into the
 * event, and a path compared with a literal. Anything else is refused at start-up.
 */
const PATH = /^event((?:\.[A-Za-z_][A-Za-z0-9_]*)+)$/;
const MATCH = /^event((?:\.[A-Za-z_][A-Za-z0-9_]*)+)\s*==\s*(?:'([^'\\]*)'|"([^"\\]*)")$/;

/** `event.data.accountId` → a function of the event to its group; null for another form. */
export function parseKeyPath(expression: string): ((event: unknown) => string) | null {
  const match = PATH.exec(expression.trim());
  if (!match?.[1]) return null;
  const path = match[1].slice(1).split(".");
  return (event) => JSON.stringify(readPath(event, path) ?? null);
}

/** `event.data.function_id == 'carillon-x'` → a filter; null for another form. */
export function parseMatch(expression: string): ((event: unknown) => boolean) | null {
  const match = MATCH.exec(expression.trim());
  if (!match?.[1]) return null;
  const path = match[1].slice(1).split(".");
  const literal = match[2] ?? match[3] ?? "";
  return (event) => readPath(event, path) === literal;
}

function readPath(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== "object" || current === null) return undefined;
    current = (current as Record<string, unknown>)[name];
  }
  return current;
}
