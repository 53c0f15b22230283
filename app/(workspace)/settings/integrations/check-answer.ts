import type { ConnectionTest } from "@/lib/ports/sms";
import { refusedField } from "../refused-field";

type Failed = Extract<ConnectionTest, { ok: false }>;

/** What the provider refused, told at the field that mends it. */
export function refusedByProvider(check: Failed) {
  return check.fault === "sender"
    ? refusedField("phoneNumber", "bad_sender")
    : refusedField("apiKey", "bad_credentials");
}
