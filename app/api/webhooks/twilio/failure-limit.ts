/** Refused requests a source may send in a window; in memory, since it only saves work. */
const LIMIT = 200;
const WINDOW_MS = 60_000;
const MAX_SOURCES = 10_000;

type Window = { count: number; endsAt: number };
const windows = new Map<string, Window>();

export function isFailureLimited(source: string | null): boolean {
  const window = windows.get(source ?? "");
  return window !== undefined && window.endsAt > performance.now() && window.count >= LIMIT;
}

export function noteFailure(source: string | null): void {
  const key = source ?? "";
  const now = performance.now();
  const window = windows.get(key);
  if (window && window.endsAt > now) {
    window.count += 1;
    return;
  }
  if (windows.size >= MAX_SOURCES) windows.clear();
  windows.set(key, { count: 1, endsAt: now + WINDOW_MS });
}
