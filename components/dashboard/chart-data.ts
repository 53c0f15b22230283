import type { ColumnPart } from "@/lib/domain/history/figures";

export type ChartColumn = { at: string; failed: number } & { sent: Record<string, number> };

/** Every column of a period, also those in which nothing was sent. */
export function toColumns(at: readonly string[], parts: readonly ColumnPart[]): ChartColumn[] {
  return at.map((column) => {
    const own = parts.filter((part) => part.at === column);
    return {
      at: column,
      failed: own.reduce((sum, { failed }) => sum + failed, 0),
      sent: Object.fromEntries(own.map(({ key, sent }) => [key, sent])),
    };
  });
}
