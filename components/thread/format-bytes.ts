import type { useFormatter } from "next-intl";

const KILO = 1000;

/** `340 ko`, `1,2 Mo` in the reader's language; empty when the size is unknown. */
export function formatBytes(
  size: number | null,
  format: Pick<ReturnType<typeof useFormatter>, "number">,
): string {
  if (size === null) return "";
  const isSmall = size < KILO * KILO;
  return format.number(isSmall ? Math.max(1, Math.round(size / KILO)) : size / KILO / KILO, {
    style: "unit",
    unit: isSmall ? "kilobyte" : "megabyte",
    maximumFractionDigits: 1,
  });
}
