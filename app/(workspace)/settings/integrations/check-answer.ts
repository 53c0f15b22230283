import type { Provider } from "@/lib/domain/words";
import type { ConnectionTest } from "@/lib/ports/sms";
import { refusedField } from "../refused-field";

type Failed = Extract<ConnectionTest, { ok: false }>;

/** What the provider refused, told at the field that mends it; an e-mail provider's own words beside. */
export function refusedByProvider(check: Failed, provider: Provider | undefined) {
  if (check.fault === "server") return refusedField("smtp.host", "smtp_private");
  if (isMail(provider)) {
    const path = check.fault === "sender" ? "phoneNumber" : "apiKey";
    const field = check.fault === "sender" ? "bad_from" : "bad_mail_key";
    return { ...refusedField(path, field), message: check.message };
  }
  if (check.fault === "sender") return refusedField("phoneNumber", "bad_sender");
  return refusedField("apiKey", provider === "aws_sns" ? "bad_key" : "bad_credentials");
}

/** The same as a code of `errors.action`, for the live test. */
export function codeOfCheck({ fault }: Failed, provider: Provider | undefined): string {
  if (isMail(provider) && fault !== "unreachable") return `check_mail_${fault}`;
  return fault === "credentials" && provider === "aws_sns" ? "check_key" : `check_${fault}`;
}

function isMail(provider: Provider | undefined): boolean {
  return provider === "resend" || provider === "smtp";
}
