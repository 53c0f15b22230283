import type { Log } from "../../ports/log";
import type { SmsProviders } from "../../ports/sms";
import { createSnsProvider } from "./aws-sns";
import { createConsoleProvider } from "./console";
import { createTwilioProvider } from "./twilio";
import type { FetchFile } from "./twilio-media";

export type SmsProviderOptions = {
  log: Log;
  /** TWILIO_API_URL: origin instead of every twilio.com API and of every account's own; null: none. */
  twilioApiUrl: string | null;
  /** AWS_ENDPOINT_URL_SNS: origin instead of every SNS account's own; null: none. */
  snsEndpoint?: string | null;
  /** How received media are fetched; see lib/http/address-check. */
  fetchFile: FetchFile;
  uuid: () => string;
  /** Milliseconds of one create call; 10 s in real life. */
  createTimeoutMs?: number;
};

/** The vendors' adapters, one of each a process: they keep their connections. */
export function createSmsProviders(options: SmsProviderOptions): SmsProviders {
  const twilio = createTwilioProvider(options);
  const sns = createSnsProvider(options);
  const console = createConsoleProvider(options);
  return (provider) => {
    switch (provider) {
      case "twilio":
        return twilio;
      case "console":
        return console;
      case "aws_sns":
        return sns;
      case "resend":
      case "smtp":
        throw new Error(`${provider} sends no SMS here`);
      default:
        return provider satisfies never;
    }
  };
}
