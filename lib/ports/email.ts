import type { Provider } from "../domain/words";
import type { ConnectionTest, FetchedReport, ProviderAccount, SendOutcome } from "./sms";

/** One mail to one person, as it leaves. */
export type EmailRequest = {
  /** Bare address, lower case. */
  readonly from: string;
  /** The name that is shown beside it; null: none. */
  readonly fromName: string | null;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** null: the text alone. */
  readonly html: string | null;
  /** Header lines of its own, such as List-Unsubscribe. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of our message; a webhook that comes before our own record of the send is matched by it. */
  readonly messageId: string;
  /** The same for every try of which nobody knows whether it left, at most 256 characters. */
  readonly idempotencyKey: string;
};

/** A way to send e-mail. Implemented once per vendor in lib/providers/email. */
export interface EmailProvider {
  /** One handover, at most 10 s. Never throws: every exception is an outcome. */
  send(account: ProviderAccount, request: EmailRequest): Promise<SendOutcome>;
  /** What has become of one mail. Never throws. */
  fetchReport(account: ProviderAccount, providerId: string): Promise<FetchedReport>;
  /** Are the credentials and the from address good? Sends nothing. */
  testConnection(account: ProviderAccount, from: string | null): Promise<ConnectionTest>;
}

export type EmailProviders = (provider: Provider) => EmailProvider;
