import { z } from "zod";
import type { FieldFault } from "./problem";

type Parsed<T> = { ok: true; data: T } | { ok: false; errors: FieldFault[] };

const MAX_DEPTH = 32;

/**
 * Checks a value and says what is wrong field by field. Of "one or many" schemas only the form that
 * was sent is tried, so that its faults are told rather than those of the other form.
 */
export function parseInput<S extends z.ZodType>(schema: S, raw: unknown): Parsed<z.output<S>> {
  const unstorable = findUnstorable(raw, []);
  if (unstorable) return { ok: false, errors: [unstorable] };
  const result = formOf(schema, raw).safeParse(raw);
  if (result.success) return { ok: true, data: result.data as z.output<S> };
  return { ok: false, errors: result.error.issues.map(toFault) };
}

/**
 * PostgreSQL stores no NUL and no half of a surrogate pair (a cut emoji), in text or in JSON; nesting
 * without end would be ours to unwind.
 */
function findUnstorable(value: unknown, path: readonly string[]): FieldFault | null {
  if (typeof value === "string") {
    const message = textFault(value);
    return message === null ? null : { path: path.join("."), message };
  }
  if (typeof value !== "object" || value === null) return null;
  if (path.length > MAX_DEPTH) return { path: path.join("."), message: "Nested too deeply" };
  for (const [key, item] of Object.entries(value)) {
    const fault = findUnstorable(key, [...path, key]) ?? findUnstorable(item, [...path, key]);
    if (fault) return fault;
  }
  return null;
}

function textFault(text: string): string | null {
  if (text.includes("\u0000")) return "Must not hold NUL characters";
  return /\p{Cs}/u.test(text) ? "Must be well-formed Unicode: an emoji is cut in two" : null;
}

function formOf(schema: z.ZodType, raw: unknown): z.ZodType {
  if (!(schema instanceof z.ZodUnion)) return schema;
  const forms = schema.options as readonly z.ZodType[];
  return forms.find((form) => form instanceof z.ZodArray === Array.isArray(raw)) ?? schema;
}

function toFault(issue: z.core.$ZodIssue): FieldFault {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    const names = issue.keys.map((key) => `"${key}"`).join(", ");
    return { path: [...path, issue.keys[0] ?? ""].join("."), message: `Unknown field ${names}` };
  }
  const isMissing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
  return { path: path.join("."), message: isMissing ? "Missing: it must be given" : issue.message };
}
