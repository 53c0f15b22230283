import type { Provider } from "@/lib/domain/words";
import type { ConnectionTest } from "@/lib/ports/sms";
import { refusedField } from "../refused-field";

type Failed = Extract<ConnectionTest, { ok: false }>;

/** What the provider refused, told at the field that mends it. */
export function refusedByProvider(check: Failed, provider: Provider | undefined) {
  if (check.fault === "sender") return refusedField("phoneNumber", "bad_sender");
  return refusedField("apiKey", provider === "aws_sns" ? "bad_key" : "bad_credentials");
}

/** The same as a code of `errors.action`, for the live test. */
export function codeOfCheck({ fault }: Failed, provider: Provider | undefined): string {
  return fault === "credentials" && provider === "aws_sns" ? "check_key" : `check_${fault}`;
}
