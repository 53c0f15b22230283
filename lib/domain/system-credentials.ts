import type { Provider } from "./words";

/** A provider account that the environment names: R004, R101, R207. */
export type SystemCredentials = {
  provider: Provider;
  accountSid: string;
  /** Empty: none is asked for. */
  authToken: string;
  /** Where the account answers; left out: the vendor's own origin. */
  apiOrigin?: string | null;
  phoneNumber?: string | null;
  whatsappNumber?: string | null;
  /** The sender of e-mails, and what its webhooks are signed with. */
  email?: { from: string; webhookSecret: string | null };
};
