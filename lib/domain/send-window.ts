import type { Lane } from "./words";

/** How many creates an account may have under way at once, learned from what the provider bears. */
export type SendWindow = {
  readonly size: number;
  /** Answers since the window last grew. */
  readonly answers: number;
  /** 429s without another answer between. */
  readonly throttles: number;
};

export const MAX_SLOTS = 50;
const MIN_SLOTS = 4;
const RESERVED_FOR_INTERACTIVE = 2;
const ANSWERS_PER_SLOT = 20;
const THROTTLES_TO_BREAK = 5;
const MAX_RETRY_AFTER = 30;

export function openWindow(size: number): SendWindow {
  return { size: Math.min(Math.max(size, MIN_SLOTS), MAX_SLOTS), answers: 0, throttles: 0 };
}

/** The provider answered: one slot more for every 20. */
export function growWindow(window: SendWindow): SendWindow {
  const answers = window.answers + 1;
  if (answers < ANSWERS_PER_SLOT) return { ...window, answers, throttles: 0 };
  return { size: Math.min(window.size + 1, MAX_SLOTS), answers: 0, throttles: 0 };
}

/** The provider said 429: half the slots, at least four. */
export function halveWindow(window: SendWindow): SendWindow {
  const size = Math.max(Math.floor(window.size / 2), MIN_SLOTS);
  return { size, answers: 0, throttles: window.throttles + 1 };
}

/** Five 429s in a row: the account's breaker opens. */
export function isThrottledOut(window: SendWindow): boolean {
  return window.throttles >= THROTTLES_TO_BREAK;
}

/** Seconds that the account waits for a `Retry-After`: as long as it says, at most 30. */
export function throttlePause(retryAfter: number | null): number {
  return Math.min(Math.max(retryAfter ?? 0, 0), MAX_RETRY_AFTER);
}

/** Free slots: `normal` messages leave two to the interactive ones. */
export function freeSlots(
  size: number,
  busy: Record<Lane, number>,
): { all: number; normal: number } {
  const all = Math.max(0, size - busy.interactive - busy.normal);
  const reserve = Math.min(RESERVED_FOR_INTERACTIVE, size - 1);
  return { all, normal: Math.max(0, Math.min(all, size - reserve - busy.normal)) };
}
