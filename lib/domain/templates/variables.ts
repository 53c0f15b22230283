import { momentsOf } from "../deciding/local-time";

/** What a value is, for the editor's sample data and for its check. */
export const VARIABLE_TYPES = ["text", "number", "date", "url"] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];

/** A place in a template that each notification fills from its data. */
export type Variable = {
  /** As templates write it: letters, digits and `_`. */
  readonly name: string;
  readonly type: VariableType;
  /** Stands in where a notification brings none; null: it has to bring one. */
  readonly default: string | null;
  /** Values of the length that is usual at least and at most, for the preview and its segments. */
  readonly examples: { readonly short: string; readonly long: string };
};

export type Filled =
  | { ok: true; values: Readonly<Record<string, unknown>> }
  | { ok: false; faults: readonly ValueFault[] };

export type ValueFault = { name: string; fault: "missing" | `no_${Exclude<VariableType, "text">}` };

/**
 * The data of a notification made ready for its templates: defaults put in, dates read. Data that no
 * variable names stays: it may be of use to another template.
 *
 * @param used names that the template needs; only of these can one be missing
 * @param zone IANA name of the zone in which the recipient reads a day without an hour
 */
export function fillVariables(
  variables: readonly Variable[],
  data: Readonly<Record<string, unknown>>,
  used: readonly string[],
  zone = "UTC",
): Filled {
  const values: Record<string, unknown> = { ...data };
  const faults: ValueFault[] = [];
  for (const variable of variables) {
    const { name } = variable;
    const given = data[name] ?? null;
    if (given === null || given === "") {
      if (variable.default !== null) values[name] = readValue(variable, variable.default, zone);
      else if (used.includes(name)) faults.push({ name, fault: "missing" });
    } else if (isOfType(variable, given)) values[name] = readValue(variable, given, zone);
    else if (variable.type !== "text") faults.push({ name, fault: `no_${variable.type}` });
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, values };
}

/** The examples as data, all short or all long. */
export function exampleData(
  variables: readonly Variable[],
  length: "short" | "long",
): Record<string, string> {
  return Object.fromEntries(variables.map(({ name, examples }) => [name, examples[length]]));
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/;

function isOfType({ type }: Variable, value: unknown): boolean {
  switch (type) {
    case "text":
      return true;
    case "number":
      return (
        typeof value === "number" || (typeof value === "string" && /^-?\d+([.,]\d+)?$/.test(value))
      );
    case "date":
      return typeof value === "string" && ISO_TIME.test(value) && !Number.isNaN(Date.parse(value));
    case "url":
      return typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value);
    default:
      return type satisfies never;
  }
}

/** A day without an hour is its noon where it is read, so that it stays that day. */
function readValue({ type }: Variable, value: unknown, zone: string): unknown {
  if (type !== "date" || typeof value !== "string") return value;
  if (value.length > 10) return new Date(value);
  return momentsOf({ date: value, time: "12:00" }, zone).first;
}
