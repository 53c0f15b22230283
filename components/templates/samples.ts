import { exampleData, type Variable } from "@/lib/domain/templates/variables";

export type Sample = "last" | "short" | "long";

type Data = Readonly<Record<string, unknown>>;

/** What fills the preview: the last real send, else the usual shortest or longest values. */
export function sampleData(
  variables: readonly Variable[],
  sample: Sample,
  lastData: Data | null,
): Record<string, string> {
  const short = exampleData(variables, sample === "long" ? "long" : "short");
  if (sample !== "last" || lastData === null) return short;
  return Object.fromEntries(
    variables.flatMap(({ name }) => {
      const value = lastData[name] ?? null;
      return value === null ? [] : [[name, String(value)]];
    }),
  );
}
