import type { Money } from "../domain/price";
import type { Listed } from "../domain/reconcile";
import type { TemplateStatus, TemplateVariable } from "../domain/whatsapp-template";
import type { Channel, MessageStatus, Provider } from "../domain/words";

/** A provider account with its credentials opened; never logged, never stored. */
export type ProviderAccount = {
  readonly id: string;
  readonly provider: Provider;
  /** The provider's id of the account (Twilio: AC…). */
  readonly sid: string;
  readonly token: string;
  /** null: the vendor's own origin. */
  readonly apiOrigin: string | null;
};

export type SmsRequest = {
  readonly channel: "sms" | "whatsapp";
  /** E.164, short code, alphanumeric id or WhatsApp sender, without the `whatsapp:` prefix. */
  readonly from: string;
  readonly messagingServiceSid: string | null;
  /** E.164 or WhatsApp id, without the prefix. */
  readonly to: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
  /** WhatsApp: an approved template in the place of body and media. */
  readonly template: {
    readonly contentSid: string;
    readonly variables: Readonly<Record<string, string>>;
  } | null;
  /** Left out where the provider could not reach it. */
  readonly statusCallback: string;
  /** Seconds the provider may keep trying, 6..36000; null: its default. */
  readonly validitySeconds: number | null;
};

/** What became of one create call; see "Sending" 5 of the domain rules. */
export type SendOutcome =
  | {
      readonly kind: "accepted";
      readonly providerId: string;
      readonly segments: number | null;
      /** The provider tells nothing more: `sent` is the last that is known. */
      readonly isLastWord?: true;
    }
  | {
      readonly kind: "rejected";
      readonly fault: "permanent" | "configuration";
      readonly code: string;
      readonly message: string;
      readonly httpStatus: number | null;
    }
  | {
      readonly kind: "retry";
      /** true for 429: never processed, does not count, the account's window halves. */
      readonly isThrottle: boolean;
      readonly code: string;
      readonly message: string;
      /** Seconds, from Retry-After. */
      readonly retryAfter: number | null;
    }
  /** Certainly not sent: the provider was never reached. Never counts. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** Perhaps sent. Never resent blindly. */
  | { readonly kind: "unknown"; readonly reason: string; readonly httpStatus: number | null };

export type ConnectionTest =
  | { readonly ok: true; readonly accountName: string; readonly senders: readonly string[] | null }
  | {
      readonly ok: false;
      /** `server`: that host may not be connected to. */
      readonly fault: "credentials" | "sender" | "server" | "unreachable" | "unexpected";
      readonly message: string;
    };

export type FetchedMedia =
  | { readonly ok: true; readonly bytes: Buffer; readonly contentType: string }
  | { readonly ok: false; readonly isFinal: boolean; readonly reason: string };

export type SentQuery = {
  readonly channel: Channel;
  /** Both without the `whatsapp:` prefix. */
  readonly from: string;
  readonly to: string;
  readonly since: Date;
};

/** What the provider says about a message of ours. */
export type ProviderReport = {
  /** In our words; null: a word that says nothing about an outbound message. */
  readonly status: MessageStatus | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
};

export type ListedMessage = Listed & { readonly report: ProviderReport };

/** Only a successful answer says anything. */
export type SentList =
  | { readonly ok: true; readonly messages: readonly ListedMessage[] }
  | { readonly ok: false; readonly reason: string };

/** A text that came in at the provider. */
export type ReceivedMessage = {
  readonly providerId: string;
  /** As the provider writes them, `whatsapp:` prefix included. */
  readonly from: string;
  readonly to: string;
  readonly messagingServiceSid: string | null;
  readonly body: string;
  readonly receivedAt: Date;
  readonly mediaCount: number;
};

/** A text that left at the provider, by whomever. */
export type SentMessage = {
  readonly providerId: string;
  /** As the provider writes them, `whatsapp:` prefix included. */
  readonly from: string;
  readonly to: string;
  readonly messagingServiceSid: string | null;
  readonly body: string;
  readonly sentAt: Date;
  readonly mediaCount: number;
  readonly report: ProviderReport;
};

/** A time of which is asked what came in and left. */
export type TrafficQuery = { readonly from: Date; readonly until: Date };

/** All that went over the account's numbers, oldest first. */
export type Traffic =
  | {
      readonly ok: true;
      /** false: there is more of that time than was read; what is missing may be any of it. */
      readonly isWhole: boolean;
      readonly received: readonly ReceivedMessage[];
      readonly sent: readonly SentMessage[];
    }
  | { readonly ok: false; readonly reason: string };

export type FileList =
  | { readonly ok: true; readonly files: readonly { url: string; contentType: string }[] }
  | { readonly ok: false; readonly reason: string };

/** What a message was billed; `price` null: the provider does not say (yet). */
export type ListedPrice = { readonly providerId: string; readonly price: Money | null };

export type PriceQuery = {
  readonly from: Date;
  readonly until: Date;
  /** Of an earlier answer; null: the first page. */
  readonly page: string | null;
};

/** One page; `nextPage` null: the last one. */
export type PriceList =
  | {
      readonly ok: true;
      readonly prices: readonly ListedPrice[];
      readonly nextPage: string | null;
    }
  | { readonly ok: false; readonly reason: string };

export type FetchedReport =
  | { readonly ok: true; readonly report: ProviderReport }
  | { readonly ok: false; readonly reason: string };

/** A text that WhatsApp has approved, or not yet. */
export type ProviderTemplate = {
  readonly contentSid: string;
  readonly name: string;
  readonly language: string;
  readonly body: string;
  readonly variables: readonly TemplateVariable[];
  readonly category: string | null;
  readonly status: TemplateStatus;
  readonly rejectionReason: string | null;
};

export type TemplateList =
  | { readonly ok: true; readonly templates: readonly ProviderTemplate[] }
  | { readonly ok: false; readonly reason: string };

/** Which of the provider's resources says where received texts go. */
export type WebhookTarget = {
  readonly channel: "sms" | "whatsapp";
  /** Without the `whatsapp:` prefix. */
  readonly sender: string;
  readonly messagingServiceSid: string | null;
};

export type WebhookUrls = { readonly url: string | null; readonly fallbackUrl: string | null };

export type WebhookAnswer =
  | { readonly ok: true; readonly urls: WebhookUrls }
  | {
      readonly ok: false;
      /** `not_settable`: this kind of sender has no address that can be set from here. */
      readonly fault: "credentials" | "sender" | "not_settable" | "unreachable" | "unexpected";
      readonly message: string;
    };

/** A way to send texts. Implemented once per vendor in lib/providers/sms. */
export interface SmsProvider {
  /** One create call, at most 10 s. Never throws: every exception is an outcome. */
  send(account: ProviderAccount, request: SmsRequest): Promise<SendOutcome>;
  /** What went from that sender to that number since then, by anybody. Never throws. */
  listSent(account: ProviderAccount, query: SentQuery): Promise<SentList>;
  /** What has become of one message. Never throws. */
  fetchReport(account: ProviderAccount, providerId: string): Promise<FetchedReport>;
  /** What came in and left in that time, over all of the account's numbers, by anybody. Never throws. */
  listTraffic(account: ProviderAccount, query: TrafficQuery): Promise<Traffic>;
  /** What the messages of a time cost, in and out, a page of up to a thousand. Never throws. */
  listPrices(account: ProviderAccount, query: PriceQuery): Promise<PriceList>;
  /** The files of a received message. Never throws. */
  listFiles(account: ProviderAccount, providerId: string): Promise<FileList>;
  /** Are the credentials and the sender good, which each channel lists elsewhere? Sends nothing. */
  testConnection(
    account: ProviderAccount,
    sender: string | null,
    channel: "sms" | "whatsapp",
  ): Promise<ConnectionTest>;
  /** The account's WhatsApp templates that consist of a text, whatever their approval. Never throws. */
  listTemplates(account: ProviderAccount): Promise<TemplateList>;
  /** Where the provider posts received texts now. Never throws. */
  readWebhook(account: ProviderAccount, target: WebhookTarget): Promise<WebhookAnswer>;
  /** Has received texts posted there from now on, and answers with what is set then. Never throws. */
  setWebhook(
    account: ProviderAccount,
    target: WebhookTarget,
    urls: { url: string; fallbackUrl: string },
  ): Promise<WebhookAnswer>;
  /** The bytes of a received file, at most `maxBytes`. Never throws. */
  fetchMedia(account: ProviderAccount, url: string, maxBytes: number): Promise<FetchedMedia>;
}

export type SmsProviders = (provider: Provider) => SmsProvider;
