import { randomBytes } from "node:crypto";

// A start's own 16 hex digits and a counter: unique over restarts, and cheap at 10,000 a second.
const run = randomBytes(8).toString("hex");
let counter = 0;

/** A SID as Twilio writes them: two letters and 32 hex digits. */
export function newSid(prefix: "SM" | "MM" | "ME" | "PN" | "MG"): string {
  counter += 1;
  return prefix + run + counter.toString(16).padStart(16, "0");
}
