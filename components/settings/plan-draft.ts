import type { PlanStep } from "@/lib/domain/reminders/own-plan";

/** In seconds. */
export const UNITS = { days: 86_400, hours: 3600, minutes: 60 } as const;
export type Unit = keyof typeof UNITS;

/** A step of a plan as its fields hold it. */
export type StepDraft = {
  key: string;
  amount: string;
  unit: Unit;
  direction: "before" | "after";
  /** Of days only; empty: to the second. */
  time: string;
  /** Of days after only; empty: once. */
  dailyAtMost: string;
  /** Empty: always. */
  variable: string;
  /** Between commas. */
  values: string;
};

export const NEW_STEP: StepDraft = {
  key: "",
  amount: "1",
  unit: "days",
  direction: "before",
  time: "09:00",
  dailyAtMost: "",
  variable: "",
  values: "",
};

export function draftOf(step: PlanStep): StepDraft {
  const { key, offset, time, condition, dailyAtMost } = step;
  const seconds = Math.abs(offset);
  const isOf = (unit: Unit) => seconds % UNITS[unit] === 0;
  const unit = time !== null || (seconds > 0 && isOf("days")) ? "days" : null;
  const shown = unit ?? (isOf("hours") ? "hours" : "minutes");
  return {
    key,
    amount: String(seconds / UNITS[shown]),
    unit: shown,
    direction:
      offset > 0 || dailyAtMost !== null || (offset === 0 && time === null) ? "after" : "before",
    time: time ?? "",
    dailyAtMost: dailyAtMost === null ? "" : String(dailyAtMost),
    variable: condition?.variable ?? "",
    values: condition?.oneOf.join(", ") ?? "",
  };
}

export function stepOf(draft: StepDraft) {
  const { key, amount, unit, direction, variable } = draft;
  const seconds = Math.round(Number(amount.replace(",", ".")) * UNITS[unit]);
  const isAtHour = unit === "days" && draft.time !== "";
  return {
    key: key.trim(),
    // Never minus nothing.
    offset: direction === "before" && seconds !== 0 ? -seconds : seconds,
    time: isAtHour ? draft.time : null,
    condition: variable === "" ? null : { variable, oneOf: listOf(draft.values) },
    dailyAtMost: repeats(draft) && draft.dailyAtMost !== "" ? Number(draft.dailyAtMost) : null,
  };
}

/** Can it come every day? */
export function repeats({ unit, direction, time }: StepDraft): boolean {
  return unit === "days" && direction === "after" && time !== "";
}

/** What stands between commas. */
export function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
