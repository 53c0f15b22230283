import type { MouseEvent } from "react";

/** A click that should stay in this tab: a link opened with a modifier is the browser's business. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}
