import { type Decision, decide } from "./decide";
import { GATES, type Gate } from "./gates";
import type { Occasion, Route } from "./occasion";

/** Which channels stand in for WhatsApp, in the order in which they are tried. */
export const NEXT_CHANNELS = ["sms", "email"] as const;

/** In whose place a delivery is made that nobody asked for. */
export const REPLACED_CHANNELS = ["whatsapp"] as const;
export type ReplacedChannel = (typeof REPLACED_CHANNELS)[number];

export type OtherRoute<R extends Route> = {
  readonly route: R;
  /** It is decided by itself too. */
  readonly isAsked: boolean;
};

/**
 * Gate 2, "else next channel": where nothing but the end of WhatsApp's 24 h stands in the way, what becomes
 * of the notification on the first other channel whose gates do not refuse it. Nobody gets by it what they
 * do not want by WhatsApp, and nothing twice: where that channel is asked for, it is told there already.
 *
 * @param occasion on WhatsApp
 * @param others how its recipient is reached by `NEXT_CHANNELS`, in their order
 * @param gates which are asked; all, but for the test that takes each away
 * @returns null: WhatsApp carries it, or its own decision is all there is
 */
export function decideNext<R extends Route>(
  occasion: Occasion,
  others: readonly OtherRoute<R>[],
  gates: readonly Gate[] = GATES,
): { route: R; decision: Decision } | null {
  if (decide(occasion, gates).reason !== "whatsapp_window_closed") return null;
  const opened = { ...occasion, route: { ...occasion.route, fault: null } };
  if (decide(opened, gates).fate === "refused") return null;
  for (const { route, isAsked } of others) {
    const decision = decide({ ...occasion, route }, gates);
    if (decision.fate === "refused") continue;
    return isAsked ? null : { route, decision: asReplacing(decision) };
  }
  return null;
}

/** A decision about a delivery that is made in the place of another. */
export function asReplacing(decision: Decision): Decision {
  return decision.reason === "sends" ? { ...decision, reason: "instead_of_whatsapp" } : decision;
}
