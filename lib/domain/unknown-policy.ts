import { DEFAULT_RETRIES } from "./retry-delay";
import type { Provider } from "./words";

/** What is done about a send of which nobody knows whether it left. */
export type UnknownPolicy =
  /** The provider keeps a list: it is asked. */
  | "ask"
  /** It may have arrived: it is not sent again, and a person may choose to. */
  | "give_up"
  /** Better twice than never. */
  | "send_again"
  /** The provider knows the try by its key and takes it once, however often it is sent. */
  | "same_key";

/** Can the provider be asked what it took? Of AWS SNS and SMTP nobody learns it. */
export function canBeAsked(provider: Provider): boolean {
  switch (provider) {
    case "twilio":
    case "console":
      return true;
    case "resend":
    case "aws_sns":
    case "smtp":
      return false;
    default:
      return provider satisfies never;
  }
}

/** Resend keeps a key for 24 h (reference §12); the hour below it is for clocks and slow lines. */
const KEY_KEPT_MS = 23 * 3_600_000;

type UnknownSend = {
  isCritical: boolean;
  /** The number of the try that is unknown. */
  attempt: number;
  /** Since the first of the unknown tries under the same key began; ms. */
  unknownForMs: number;
};

/**
 * Sending 6: where the provider cannot be asked, a message leaves at most once; a critical one at least
 * once, but not for ever. A key that the provider still knows makes a further try harmless.
 */
export function unknownPolicy(
  provider: Provider,
  { isCritical, attempt, unknownForMs }: UnknownSend,
): UnknownPolicy {
  if (canBeAsked(provider)) return "ask";
  if (provider === "resend" && unknownForMs < KEY_KEPT_MS) return "same_key";
  return isCritical && attempt < DEFAULT_RETRIES.maxAttempts ? "send_again" : "give_up";
}

/**
 * Seconds to wait before the same key is tried again: none at first, then half a minute and about twice
 * as long each time, half an hour at most.
 *
 * @param unknownTries of this key so far, at least 1
 */
export function sameKeyDelay(unknownTries: number): number {
  return Math.min(30 * (2 ** (unknownTries - 1) - 1), 1800);
}
