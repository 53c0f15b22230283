import { MAX_ATTEMPTS } from "./retry-delay";
import type { Provider } from "./words";

/** What is done about a send of which nobody knows whether it left. */
export type UnknownPolicy =
  /** The provider keeps a list: it is asked. */
  | "ask"
  /** It may have arrived: it is not sent again, and a person may choose to. */
  | "give_up"
  /** Better twice than never. */
  | "send_again";

/** Can the provider be asked what it took? Of AWS SNS and SMTP nobody learns it. */
export function canBeAsked(provider: Provider): boolean {
  switch (provider) {
    case "twilio":
    case "resend":
    case "console":
      return true;
    case "aws_sns":
    case "smtp":
      return false;
    default:
      return provider satisfies never;
  }
}

/**
 * Sending 6: where the provider cannot be asked, a message leaves at most once; a critical one at least
 * once, but not for ever.
 *
 * @param attempt the number of the one that is unknown
 */
export function unknownPolicy(
  provider: Provider,
  { isCritical, attempt }: { isCritical: boolean; attempt: number },
): UnknownPolicy {
  if (canBeAsked(provider)) return "ask";
  return isCritical && attempt < MAX_ATTEMPTS ? "send_again" : "give_up";
}
