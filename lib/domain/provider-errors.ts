/**
 * What a provider's error code means for us. The table is reference §7: Twilio's error dictionary.
 * P permanent, C configuration (somebody must mend something), T transient, A ambiguous.
 */
export type ErrorClass = "permanent" | "configuration" | "transient" | "ambiguous";

/** What a configuration fault stops: the whole account, this sender, or only this message. */
export type FaultScope = "account" | "sender" | "message";

/** Keys of `providerErrors` in messages/*.json: the sentence that an agent reads. */
export const ERROR_SENTENCES = [
  "invalidNumber",
  "invalidSender",
  "unreachableNumber",
  "ownNumber",
  "countryNotEnabled",
  "empty",
  "missingParty",
  "senderCannotSend",
  "trialAccount",
  "badAddress",
  "badAttachment",
  "tooManyAttachments",
  "optedOut",
  "queueFull",
  "senderCannotReach",
  "landline",
  "tooLong",
  "badTemplate",
  "noService",
  "otherChannel",
  "accountSuspended",
  "phoneOff",
  "blocked",
  "numberGone",
  "filtered",
  "operatorError",
  "expiredInQueue",
  "congested",
  "dailyQuota",
  "notRegistered",
  "fraudBlocked",
  "notOnWhatsapp",
  "contentRefused",
  "whatsappSender",
  "sandbox",
  "windowClosed",
  "tooFast",
  "attachmentNotFetched",
  "templateRejected",
  "whatsappForbidden",
  "credentials",
  "gone",
  "tooManyRequests",
  "loop",
  "notConfirmed",
  "mailKey",
  "mailSuspended",
  "mailQuota",
  "mailLogin",
  "mailServer",
  "mailSender",
  "mailRecipient",
  "mailRefused",
  "mailLater",
  "mailBounced",
  "mailSuppressed",
  "mailFailed",
  "mailCanceled",
  "mailUnreadable",
  "unknown",
] as const;
export type ErrorSentence = (typeof ERROR_SENTENCES)[number];

export type ErrorMeaning = {
  readonly class: ErrorClass;
  readonly scope: FaultScope;
  readonly sentence: ErrorSentence;
};

type Row = readonly [
  codes: string,
  meaning: ErrorClass,
  sentence: ErrorSentence,
  scope?: FaultScope,
];

const ROWS: readonly Row[] = [
  ["21211", "permanent", "invalidNumber"],
  ["21212", "configuration", "invalidSender", "sender"],
  ["21214 21217", "permanent", "unreachableNumber"],
  ["21266 63031", "permanent", "ownNumber"],
  ["21408", "configuration", "countryNotEnabled"],
  ["21602 21619", "permanent", "empty"],
  ["21603 21604", "permanent", "missingParty"],
  ["21606 21659 21660", "configuration", "senderCannotSend", "sender"],
  ["21608", "configuration", "trialAccount"],
  ["21609", "configuration", "badAddress"],
  ["21620", "permanent", "badAttachment"],
  ["21623", "permanent", "tooManyAttachments"],
  ["21610", "permanent", "optedOut"],
  ["21611 30001", "transient", "queueFull"],
  ["21612", "configuration", "senderCannotReach"],
  ["21614 21635 30006", "permanent", "landline"],
  ["21617", "permanent", "tooLong"],
  ["21654 21655 21656", "permanent", "badTemplate"],
  ["21701 21702 21703 21704 21705", "configuration", "noService", "sender"],
  ["21910", "permanent", "otherChannel"],
  ["30002", "configuration", "accountSuspended", "account"],
  ["30003", "transient", "phoneOff"],
  ["30004", "permanent", "blocked"],
  ["30005", "permanent", "numberGone"],
  ["30007", "permanent", "filtered"],
  ["30008", "transient", "operatorError"],
  ["30010 30036", "transient", "expiredInQueue"],
  ["30017 30022 30410", "transient", "congested"],
  ["30023 30027", "transient", "dailyQuota"],
  ["30032 30033 30034 30035", "configuration", "notRegistered", "sender"],
  ["30450", "permanent", "fraudBlocked"],
  ["63003 63024", "permanent", "notOnWhatsapp"],
  ["63005 63013 63021", "permanent", "contentRefused"],
  ["63007", "configuration", "whatsappSender", "sender"],
  ["63015", "configuration", "sandbox"],
  ["63016", "permanent", "windowClosed"],
  ["63017 63018", "transient", "tooFast"],
  ["63019", "transient", "attachmentNotFetched"],
  ["63027 63028 63040 63041 63042", "configuration", "templateRejected"],
  ["63032", "permanent", "whatsappForbidden"],
  ["20003 20005 10001", "configuration", "credentials", "account"],
  ["20404", "permanent", "gone"],
  ["20429", "transient", "tooManyRequests"],
  ["14107", "transient", "loop"],
  ["20500 20503", "ambiguous", "notConfirmed"],
  // AWS SNS, whose own words lib/domain/sns sorts.
  ["sns_credentials", "configuration", "credentials", "account"],
  ["sns_opted_out", "permanent", "optedOut"],
  ["sns_invalid", "permanent", "unreachableNumber"],
  ["sns_no_media", "permanent", "otherChannel"],
  // E-mail: lib/domain/resend-failure, smtp-failure and email-events.
  ["email_key", "configuration", "mailKey", "account"],
  ["email_suspended", "configuration", "mailSuspended", "account"],
  ["email_quota", "configuration", "mailQuota", "account"],
  ["email_login", "configuration", "mailLogin", "account"],
  ["email_server", "configuration", "mailServer", "account"],
  ["email_sender", "configuration", "mailSender", "sender"],
  ["email_recipient", "permanent", "mailRecipient"],
  ["email_refused", "permanent", "mailRefused"],
  ["email_later email_rate", "transient", "mailLater"],
  ["email_bounced", "permanent", "mailBounced"],
  ["email_suppressed", "permanent", "mailSuppressed"],
  ["email_failed", "permanent", "mailFailed"],
  ["email_canceled", "permanent", "mailCanceled"],
  ["email_unreadable", "permanent", "mailUnreadable"],
];

const TABLE: ReadonlyMap<string, ErrorMeaning> = new Map(
  ROWS.flatMap(([codes, meaning, sentence, scope]) =>
    codes
      .split(" ")
      .map((code) => [code, { class: meaning, sentence, scope: scope ?? "message" }] as const),
  ),
);

const UNKNOWN: ErrorMeaning = { class: "permanent", scope: "message", sentence: "unknown" };

/** The meaning of a code of the table; a code that is not in it is permanent and told as it is. */
export function describeError(code: string | null): ErrorMeaning {
  return (code !== null && TABLE.get(code)) || UNKNOWN;
}

/** The codes of the table, for tests and documents. */
export function knownErrorCodes(): string[] {
  return [...TABLE.keys()];
}

export const OPTED_OUT_CODE = "21610";
/** WhatsApp: more than 24 h since the person wrote, and no template. */
export const WINDOW_CLOSED_CODE = "63016";

/** The recipient has told the provider not to be written to: our ledger follows (reference §6). */
export function isOptedOutCode(code: string | null): boolean {
  return code === OPTED_OUT_CODE || code === "sns_opted_out";
}
