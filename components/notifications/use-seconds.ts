import { useFormatter } from "next-intl";

/** A span of time as a reader takes it in: `0.4 s`, `12 s`, `3 min`, `2 h`; a dash where there is none. */
export function useSeconds(): (seconds: number | null) => string {
  const format = useFormatter();
  return (seconds) => {
    if (seconds === null) return "–";
    const [value, unit] =
      seconds < 120
        ? [seconds, "second" as const]
        : seconds < 7200
          ? [seconds / 60, "minute" as const]
          : [seconds / 3600, "hour" as const];
    const maximumFractionDigits = value < 10 ? 1 : 0;
    return format.number(value, { style: "unit", unit, maximumFractionDigits });
  };
}
