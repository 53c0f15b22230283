import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { normaliseSender } from "./integration-input";
import { isSandbox } from "./sandbox";
import type { Channel } from "./words";

export type SenderKind =
  | "alphanumeric"
  | "shortCode"
  | "tollFree"
  | "longNorthAmerica"
  | "longFrance"
  | "whatsapp"
  | "sandbox";

export type UsualPace = { readonly kind: SenderKind /** Segments. */; readonly perSecond: number };

/** Twilio's figures by kind of sender; for France what the operators let pass (Twilio, throughput). */
const PER_SECOND: Record<SenderKind, number> = {
  alphanumeric: 10,
  shortCode: 100,
  tollFree: 3,
  longNorthAmerica: 1,
  longFrance: 0.5,
  whatsapp: 80,
  sandbox: 0.33,
};

const TOLL_FREE = /^\+18(00|33|44|55|66|77|88)/;
/** Neither toll-free nor special: those of 08 are. */
const LONG_FRANCE = /^\+33[1-79]/;

type Sender = { type: Channel; sender: string; country: string };

/**
 * What a sender usually takes a second; null where no figure is known.
 *
 * @param input `sender` as somebody types it, `country` ISO 3166-1 for national numbers
 */
export function usualPace({ type, sender, country }: Sender): UsualPace | null {
  const read = normaliseSender(sender, type, country);
  const kind = read.ok ? kindOf(read.sender, type) : null;
  return kind ? { kind, perSecond: PER_SECOND[kind] } : null;
}

function kindOf(sender: string, type: Channel): SenderKind | null {
  if (type === "whatsapp") return isSandbox({ type, sender }) ? "sandbox" : "whatsapp";
  if (type === "email") return null;
  if (!sender.startsWith("+")) return /^\d+$/.test(sender) ? "shortCode" : "alphanumeric";
  if (TOLL_FREE.test(sender)) return "tollFree";
  if (LONG_FRANCE.test(sender)) return "longFrance";
  const country = parsePhoneNumberFromString(sender)?.country;
  return country === "US" || country === "CA" ? "longNorthAmerica" : null;
}
