import type { ReplyCode } from "../reply-codes/reply-code";

/** To be seen by somebody. The other ready words of an action answer as well (`READY_WORDS`). */
export const SEEN: readonly ReplyCode[] = [
  { word: "OK", action: "acknowledge" },
  { word: "1", action: "acknowledge" },
];

/** To be said yes or no to. */
export const CONFIRM_OR_CANCEL: readonly ReplyCode[] = [
  { word: "OUI", action: "confirm" },
  { word: "1", action: "confirm" },
  { word: "ANNULER", action: "cancel" },
  { word: "2", action: "cancel" },
];
