import { z } from "zod";
import type { FieldFault } from "./problem";

type Parsed<T> = { ok: true; data: T } | { ok: false; errors: FieldFault[] };

/**
 * Checks a value and says what is wrong field by field. Of "one or many" schemas only the form that
 * was sent is tried, so that its faults are told rather than those of the other form.
 */
export function parseInput<S extends z.ZodType>(schema: S, raw: unknown): Parsed<z.output<S>> {
  const result = formOf(schema, raw).safeParse(raw);
  if (result.success) return { ok: true, data: result.data as z.output<S> };
  return { ok: false, errors: result.error.issues.map(toFault) };
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
  return { path: path.join("."), message: issue.message };
}
