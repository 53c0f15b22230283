import type { Lane } from "./words";

const HOUR_MS = 3_600_000;
const LIFE_HOURS: Record<Lane, number> = { interactive: 24, normal: 72 };

/** When a message that could not leave is given up, unless its sender says otherwise (Sending 1). */
export function expiryOf(lane: Lane, sendAfter: Date): Date {
  return new Date(sendAfter.getTime() + LIFE_HOURS[lane] * HOUR_MS);
}

/** WhatsApp: free text only within 24 h of the person's last message (Twilio error 63016). */
export function isWindowOpen(lastInboundAt: Date | null, now: Date): boolean {
  return lastInboundAt !== null && now.getTime() - lastInboundAt.getTime() < 24 * HOUR_MS;
}
