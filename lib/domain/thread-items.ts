import type { ThreadActivity, ThreadMessage } from "./inbox";

/** One line of a thread as drawn, from top to bottom. `key` stays the same while the line does. */
export type ThreadItem =
  | { type: "day"; key: string; day: string }
  | { type: "new"; key: string }
  | { type: "activities"; key: string; activities: readonly ThreadActivity[] }
  | {
      type: "message";
      key: string;
      message: ThreadMessage;
      /** First / last of a run by the same author within five minutes: where name and tail are drawn. */
      opensRun: boolean;
      closesRun: boolean;
    };

const RUN_MS = 5 * 60_000;

/**
 * Lays a thread out: day separators in the reader's zone, runs of one author, activity lines folded
 * into one where nothing was written between them, and the "new messages" line.
 * @param newAfterSeq the last seq read when the thread was opened; null draws no line
 */
export function layOutThread(input: {
  messages: readonly ThreadMessage[];
  activities: readonly ThreadActivity[];
  newAfterSeq: number | null;
  timeZone: string;
}): ThreadItem[] {
  const sent = input.messages.filter((message) => message.seq !== null);
  const dayOf = dayReader(input.timeZone);
  const items: ThreadItem[] = [];
  const waiting = [...input.activities];
  let day = "";
  let isDivided = input.newAfterSeq === null;
  const turnDay = (at: string) => {
    const next = dayOf(at);
    if (next === day) return;
    day = next;
    items.push({ type: "day", key: `day:${next}`, day: next });
  };
  const flush = (beforeSeq: number) => {
    const due = takeWhile(waiting, (activity) => activity.afterSeq < beforeSeq);
    const first = due[0];
    if (first === undefined) return;
    turnDay(first.at);
    items.push({ type: "activities", key: `act:${first.id}`, activities: due });
  };
  sent.forEach((message, index) => {
    flush(message.seq ?? 0);
    turnDay(message.createdAt);
    if (!isDivided && message.direction === "in" && (message.seq ?? 0) > (input.newAfterSeq ?? 0)) {
      isDivided = true;
      items.push({ type: "new", key: "new" });
    }
    const sharesRun = (other: ThreadMessage | undefined) =>
      other !== undefined &&
      isSameRun(message, other) &&
      dayOf(other.createdAt) === dayOf(message.createdAt);
    items.push({
      type: "message",
      key: message.id,
      message,
      opensRun: items.at(-1)?.type !== "message" || !sharesRun(sent[index - 1]),
      closesRun: !sharesRun(sent[index + 1]),
    });
  });
  flush(Number.POSITIVE_INFINITY);
  return items;
}

/** The calendar day of a moment in a zone, as `2026-11-20`. */
export function dayReader(timeZone: string): (at: string) => string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return (at) => format.format(new Date(at));
}

function isSameRun(a: ThreadMessage, b: ThreadMessage): boolean {
  if (a.direction !== b.direction || a.author?.id !== b.author?.id) return false;
  return Math.abs(Date.parse(a.createdAt) - Date.parse(b.createdAt)) < RUN_MS;
}

function takeWhile<T>(from: T[], test: (item: T) => boolean): T[] {
  const end = from.findIndex((item) => !test(item));
  return from.splice(0, end === -1 ? from.length : end);
}
