import type { EmailProviders } from "../../ports/email";
import type { Log } from "../../ports/log";
import { createEmailConsole } from "./console";
import { createResendProvider } from "./resend";
import { createSmtpProvider } from "./smtp";
import type { CheckHost } from "./smtp-connect";

export type EmailProviderOptions = {
  log: Log;
  /** RESEND_BASE_URL: instead of Resend's API and of every account's own; null: none. */
  resendBaseUrl: string | null;
  /** May this host, which somebody typed in, be connected to, and by which addresses? */
  checkHost: CheckHost;
  /** Milliseconds of one handover; 10 s in real life. */
  createTimeoutMs?: number;
};

/** The vendors' adapters, one of each a process: they keep their connections. */
export function createEmailProviders(options: EmailProviderOptions): EmailProviders {
  const resend = createResendProvider(options);
  const smtp = createSmtpProvider(options);
  const console = createEmailConsole(options);
  return (provider) => {
    switch (provider) {
      case "resend":
        return resend;
      case "smtp":
        return smtp;
      case "console":
        return console;
      case "twilio":
      case "aws_sns":
        throw new Error(`${provider} sends no e-mail here`);
      default:
        return provider satisfies never;
    }
  };
}
