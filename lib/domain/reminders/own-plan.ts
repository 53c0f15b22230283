import type { Variable } from "../templates/variables";
import type { ReminderPlan, ReminderStep, StepTime } from "./plan";

/** A step of the reminder plan that a workspace gives to a type of its own. */
export type PlanStep = {
  /** Names it within the plan, such as `J-3`. */
  readonly key: string;
  /** Seconds from the due time, before it negative; whole days where there is a `time`. */
  readonly offset: number;
  /** Hour of the workspace's clock on that day, like `09:00`; null: to the second of the offset. */
  readonly time: string | null;
  /** Only where a variable of the type has one of these values; null: always. */
  readonly condition: { readonly variable: string; readonly oneOf: readonly string[] } | null;
  /** Every day from then on until the subject is closed, so many times at most; null: once. */
  readonly dailyAtMost: number | null;
};

/** What a workspace's own type says of its reminders. */
export type PlannedType = {
  readonly key: string;
  readonly reminderPlan: readonly PlanStep[];
  readonly variables: readonly Variable[];
};

const DAY = 86_400;

/**
 * The plan of a workspace's own type for one event, as loans have theirs: the steps whose condition its
 * data meets. Each is told as the type itself, whose templates know it by the variable `reminder`.
 */
export function ownPlan(
  { key, reminderPlan, variables }: PlannedType,
  data: Readonly<Record<string, unknown>>,
): ReminderPlan {
  const valueIn = (name: string) => {
    const given = data[name] ?? null;
    const standsIn = variables.find((one) => one.name === name)?.default ?? "";
    return given === null || given === "" ? standsIn : String(given);
  };
  return reminderPlan
    .filter(({ condition }) => !condition || condition.oneOf.includes(valueIn(condition.variable)))
    .map((step): ReminderStep => {
      return { key: step.key, type: key, when: timeOf(step), terms: null, usefulFor: null };
    });
}

function timeOf({ offset, time, dailyAtMost }: PlanStep): StepTime {
  if (time === null) {
    return offset < 0 ? { kind: "before", seconds: -offset } : { kind: "after", seconds: offset };
  }
  const days = Math.round(offset / DAY);
  if (dailyAtMost === null && days <= 0) return { kind: "on_day", daysBefore: 0 - days, time };
  return { kind: "overdue", time, atMost: dailyAtMost ?? 1, daysAfter: days };
}

export type PlanFault = {
  /** Field of the type that is wrong, such as `reminderPlan.0.time`. */
  path: string;
  code: "step_twice" | "whole_days" | "repeats_after" | "unknown_variable";
  message: string;
};

/** What is wrong with a plan; empty: nothing. */
export function checkPlan({ reminderPlan, variables }: Omit<PlannedType, "key">): PlanFault[] {
  const keys = reminderPlan.map(({ key }) => key);
  return reminderPlan.flatMap((step, nth): PlanFault[] => {
    const faults: PlanFault[] = [];
    const add = (field: string, code: PlanFault["code"], message: string) =>
      faults.push({ path: `reminderPlan.${nth}.${field}`, code, message });
    const { key, offset, time, dailyAtMost, condition } = step;
    if (keys.indexOf(key) < nth) add("key", "step_twice", `"${key}" is there twice`);
    if (time !== null && offset % DAY !== 0) {
      add("offset", "whole_days", "Must be whole days of 86400 seconds, since there is an hour");
    }
    if (dailyAtMost !== null && (time === null || offset < 0)) {
      add("dailyAtMost", "repeats_after", "Repeats after the due time only, at an hour");
    }
    if (condition && !variables.some(({ name }) => name === condition.variable)) {
      const message = `The type has no variable ${condition.variable}`;
      add("condition.variable", "unknown_variable", message);
    }
    return faults;
  });
}
