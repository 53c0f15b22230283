import { APPLIES, askGate, GATES, type Gate, type OpenReason, type Verdict } from "./gates";
import type { Occasion } from "./occasion";
import type { Fate } from "./words";

export type Decision = {
  fate: Fate;
  /** Why, in a word that screens and the API have a sentence for. */
  reason:
    | "sends"
    | "instead_of_whatsapp"
    | "expired"
    | EndReason
    | Exclude<Verdict, { kind: "open" }>["reason"];
  /** The gate that decided; null: all let it through, or it was too late already. */
  gate: Gate | null;
  /** When the gates are asked again; null: never. */
  releaseAt: Date | null;
  passed: readonly { gate: Gate; reason: OpenReason }[];
};

/**
 * Why what had not left was taken back: something newer about its subject was reported (a ticket is called,
 * a loan returned), or its person canceled by a reply code.
 */
export type EndReason = "overtaken" | "by_reply";

export function ended(reason: EndReason): Decision {
  return { fate: "expired", reason, gate: null, releaseAt: null, passed: [] };
}

/**
 * What becomes of a notification on a channel: the gates are asked in turn, and the first that refuses or
 * keeps it decides ("Deciding whether, where and when" of the domain rules). The same function sends,
 * explains and releases; the limits of the API (gate 10) are the door's.
 *
 * @param gates which are asked; all, but for the test that takes each away
 */
export function decide(occasion: Occasion, gates: readonly Gate[] = GATES): Decision {
  const { at, notification, route } = occasion;
  const passed: Decision["passed"][number][] = [];
  const { expiresAt } = notification;
  if (expiresAt !== null && expiresAt <= at) {
    return { fate: "expired", reason: "expired", gate: null, releaseAt: null, passed };
  }
  for (const gate of gates) {
    if (!APPLIES[gate].includes(notification.kind)) continue;
    const verdict = askGate(gate, occasion);
    if (verdict.kind !== "open") return { ...keptBy(verdict), gate, passed };
    passed.push({ gate, reason: verdict.reason });
  }
  const fate = route.channel === "web" ? "web" : "queued";
  return { fate, reason: "sends", gate: null, releaseAt: null, passed };
}

type Kept = Pick<Decision, "fate" | "reason" | "releaseAt">;

function keptBy(verdict: Exclude<Verdict, { kind: "open" }>): Kept {
  switch (verdict.kind) {
    case "refuse":
      return { fate: "refused", reason: verdict.reason, releaseAt: null };
    case "hold":
      return { fate: "held", reason: verdict.reason, releaseAt: verdict.until };
    case "bundle":
      return { fate: "bundled", reason: verdict.reason, releaseAt: verdict.until };
    default:
      return verdict satisfies never;
  }
}
