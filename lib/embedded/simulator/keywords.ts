import type { Network } from "./network";
import { pair } from "./state";
import type { SimAccount } from "./words";

export type OptOutType = "STOP" | "START" | "HELP";

const WORDS: Record<OptOutType, string[]> = {
  STOP: "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT OPTOUT REVOKE".split(" "),
  START: "START YES UNSTOP".split(" "),
  HELP: "HELP INFO".split(" "),
};
const FRENCH: Record<OptOutType, string[]> = {
  STOP: "ARRET ARRÊT ARRETE DESABONNER".split(" "),
  START: ["REPRENDRE"],
  HELP: ["AIDE", "CONTACT"],
};
const REPLIES: Record<OptOutType, string> = {
  STOP: "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.",
  START:
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
  HELP: "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
};

/** The bare word alone, any case; French words only with advanced opt-out. */
export function optOutTypeOf(account: SimAccount, body: string): OptOutType | null {
  const word = body.trim().toUpperCase();
  for (const type of ["STOP", "START", "HELP"] as const) {
    if (WORDS[type].includes(word)) return type;
    if (account.advancedOptOut && FRENCH[type].includes(word)) return type;
  }
  return null;
}

/**
 * Blocks or unblocks the pair.
 *
 * @returns What the network answers by itself; null when it stays silent (START without a STOP).
 */
export function applyKeyword(
  network: Network,
  type: OptOutType,
  sender: string,
  person: string,
): string | null {
  if (type === "HELP") return REPLIES.HELP;
  const isOptedOut = type === "STOP";
  const key = pair(sender, person);
  if (network.state.optOuts.has(key) === isOptedOut) return null;
  if (isOptedOut) network.state.optOuts.add(key);
  else network.state.optOuts.delete(key);
  network.ledger.append({ k: "opt_out", at: Date.now(), sender, person, isOptedOut });
  return REPLIES[type];
}
