import type { SendingIntegration } from "../../db/queries/system/outbox";
import type { ClaimedMessage } from "../../db/writes/outbox";
import { EMAIL_CODES } from "../domain/email-codes";
import { maskAddress } from "../domain/mask-address";
import type { AttemptEnd } from "../domain/settle-outcome";
import type { Provider } from "../domain/words";
import type { Deps } from "../ports/deps";
import type { ProviderAccount, SmsRequest } from "../ports/sms";
import { buildEmailRequest, type ClaimedEmail } from "./email-request";
import { signMediaLink } from "./media-link";
import { openSealedText } from "./sealed-text";

type Needs = Pick<Deps, "cipher" | "clock" | "email" | "log" | "settings" | "sms">;

export type Sending = {
  account: SendingCredentials;
  /** null: it has been switched off since the message was claimed. */
  sender: Pick<SendingIntegration, "messagingServiceSid" | "fromName"> | null;
};

/** What an account sends with; `opened` null: its credentials are missing or cannot be opened. */
export type SendingCredentials = { provider: Provider; opened: ProviderAccount | null };

/** One handover of a claimed message to its provider. Never throws. */
export async function sendMessage(
  deps: Needs,
  message: ClaimedMessage,
  sending: Sending,
): Promise<AttemptEnd> {
  const { opened, provider } = sending.account;
  if (!opened) return noCredentials(provider);
  logStart(deps, message);
  try {
    const outcome = await handOver(deps, message, { account: opened, sender: sending.sender });
    logEnd(deps, message, outcome);
    return outcome;
  } catch (error) {
    deps.log.error({ messageId: message.id, error: String(error) }, "[SMS] a provider threw");
    return { kind: "unknown", reason: String(error), httpStatus: null };
  }
}

type Handover = { account: ProviderAccount; sender: Sending["sender"] };

async function handOver(
  deps: Needs,
  message: ClaimedMessage,
  { account, sender }: Handover,
): Promise<AttemptEnd> {
  if (isEmail(message)) {
    const request = buildEmailRequest(deps, message, sender?.fromName ?? null);
    return request ? deps.email(account.provider).send(account, request) : UNREADABLE;
  }
  const body = bodyOf(deps, message);
  if (body === null) return UNREADABLE;
  const request = buildRequest(deps, { ...message, body }, sender?.messagingServiceSid ?? null);
  return deps.sms(account.provider).send(account, request);
}

/** null: its sealed text cannot be opened. */
function bodyOf(deps: Needs, { body, sealed }: ClaimedMessage): string | null {
  return sealed === null ? body : (openSealedText(deps, sealed)?.text ?? null);
}

function isEmail(message: ClaimedMessage): message is ClaimedEmail {
  return message.email !== null;
}

/** Sealed with a key that is gone: no try will ever read it. */
const UNREADABLE: AttemptEnd = {
  kind: "rejected",
  fault: "permanent",
  code: EMAIL_CODES.unreadable,
  message: "The sealed text cannot be opened",
  httpStatus: null,
};

/** R029. */
function noCredentials(provider: Provider): AttemptEnd {
  const isEmailAccount = provider === "resend" || provider === "smtp";
  const code = isEmailAccount ? EMAIL_CODES.key : "20003";
  const message = isEmailAccount
    ? "E-mail credentials not configured"
    : "Twilio credentials not configured";
  return { kind: "rejected", fault: "configuration", code, message, httpStatus: null };
}

function buildRequest(
  deps: Needs,
  message: ClaimedMessage,
  messagingServiceSid: string | null,
): SmsRequest {
  return {
    channel: message.channel === "whatsapp" ? "whatsapp" : "sms",
    from: message.fromAddress,
    messagingServiceSid,
    to: message.toAddress,
    body: message.body,
    mediaUrls: message.mediaIds.map((id) => signMediaLink(deps, id)),
    template: message.template,
    statusCallback: statusCallbackUrl(deps.settings.appUrl, message),
    validitySeconds: validitySeconds(message.expiresAt, deps.clock.now()),
  };
}

/** Five retries on whatever error (reference §3); the fragment is not part of what is signed. */
function statusCallbackUrl(appUrl: string, { id, attempt }: ClaimedMessage): string {
  return `${appUrl}/api/webhooks/twilio/status?m=${id}&a=${attempt}#rc=5&rp=all`;
}

/** What is left until the message expires, within what Twilio takes; null: its own 10 h are right. */
function validitySeconds(expiresAt: Date | null, now: Date): number | null {
  if (!expiresAt) return null;
  const left = Math.floor((expiresAt.getTime() - now.getTime()) / 1000);
  return left >= 36_000 ? null : Math.max(left, 6);
}

/** R224, R411: the words for texts are those that people search their logs for. */
function wordsOf({ channel }: ClaimedMessage) {
  return channel === "email" ? { tag: "[EMAIL]", what: "e-mail" } : { tag: "[SMS]", what: "SMS" };
}

function logStart({ log }: Needs, message: ClaimedMessage) {
  const fields = { channel: message.channel, messageId: message.id, attempt: message.attempt };
  const route = `from ${maskAddress(message.fromAddress)} to ${maskAddress(message.toAddress)}`;
  const { tag, what } = wordsOf(message);
  if (message.isByAgent) log.info(fields, `[INBOX] Sending SMS through Twilio ${route}`);
  else log.info(fields, `${tag} Sending ${what} ${route}`);
}

function logEnd({ log }: Needs, message: ClaimedMessage, outcome: AttemptEnd) {
  const fields = { channel: message.channel, messageId: message.id, attempt: message.attempt };
  const { tag, what } = wordsOf(message);
  switch (outcome.kind) {
    case "accepted":
      return log.info(fields, `${tag} ${what} sent successfully: ${outcome.providerId}`);
    case "rejected":
      return log.warn({ ...fields, code: outcome.code }, `${tag} The provider refused the message`);
    case "retry":
      return log.warn({ ...fields, code: outcome.code }, `${tag} The provider asks to try later`);
    case "unreachable":
      return log.warn({ ...fields, reason: outcome.reason }, `${tag} Provider not reachable`);
    case "unknown":
      return log.warn({ ...fields, reason: outcome.reason }, `${tag} Send not confirmed`);
    case "not_started":
      return;
    default:
      return outcome satisfies never;
  }
}
