type Fields = Record<string, unknown>;

/** Names under which a secret could reach a log line by accident. */
const SECRETS = new Set([
  "password",
  "token",
  "authToken",
  "apiKey",
  "secret",
  "authorization",
  "cookie",
  "credentials",
]);

/**
 * The fields of a log line with `[hidden]` for values under secret names, one level down too. The log
 * library's own redaction does the same at ten times the price, on every line.
 */
export function hideSecrets(fields: Fields, depth = 1): Fields {
  let shown = fields;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    const safe = safeValue(name, value, depth);
    if (safe === value) continue;
    if (shown === fields) shown = { ...fields };
    shown[name] = safe;
  }
  return shown;
}

function safeValue(name: string, value: unknown, depth: number): unknown {
  if (SECRETS.has(name)) return "[hidden]";
  return depth > 0 && isPlain(value) ? hideSecrets(value, depth - 1) : value;
}

function isPlain(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !(value instanceof Error);
}
