import { fiction } from "../../db/demo/script";
import { almostCalled, called, daysAgo, isSunday, queued, type Step, type Visit } from "./story";

/** Who waits at the counter has written to other numbers so far, or never: their tickets stay apart. */
const WAITING = [2, 6, 9, 16, 18, 31, 34, 37, 40, 43].map(fiction);
const SERVICES = ["Réparation", "Location", "Retrait"];
const STAFF = ["Inès", "Marc", "Léa"];

const DAYS = 8;
/** The workshop's counter of the last days, which is closed on Sundays. */
export function visitsUntil(now: Date): Step[] {
  return Array.from({ length: DAYS + 1 }, (_, nth) => DAYS - nth).flatMap((day) =>
    isSunday(daysAgo(now, day, "12:00")) ? [] : visitsOf(now, day),
  );
}

/** Two come at a time, now and then one more in the afternoon, who is called back. */
function visitsOf(now: Date, day: number): Step[] {
  const at = (time: string) => daysAgo(now, day, time);
  const [first, second, third] = [0, 1, 2].map((nth) => visit(3 * (DAYS - day) + nth));
  if (!first || !second || !third) return [];
  const morning: Step[] = [
    { at: at("10:05"), kind: "reported", events: [queued(first), queued(second)] },
    { at: at("10:26"), kind: "reported", events: [called(first), called(second)] },
  ];
  if (day % 4 !== 1) return morning;
  return [
    ...morning,
    { at: at("15:10"), kind: "reported", events: [almostCalled(third)] },
    { at: at("15:17"), kind: "reported", events: [called(third)] },
  ];
}

function visit(nth: number): Visit {
  return {
    number: `A-${String(112 + 2 * nth).padStart(3, "0")}`,
    to: WAITING[nth % WAITING.length] ?? "",
    service: SERVICES[nth % SERVICES.length] ?? "",
    by: STAFF[nth % STAFF.length] ?? "",
    wait: 10 + 5 * (nth % 4),
  };
}
