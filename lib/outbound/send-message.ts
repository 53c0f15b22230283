import type { ClaimedMessage } from "../../db/writes/outbox";
import { maskAddress } from "../domain/mask-address";
import type { AttemptEnd } from "../domain/settle-outcome";
import type { Deps } from "../ports/deps";
import type { ProviderAccount, SmsProvider, SmsRequest } from "../ports/sms";
import { signMediaLink } from "./media-link";

type Needs = Pick<Deps, "clock" | "log" | "settings">;

export type Sending = {
  /** null: the account's credentials are missing or cannot be opened. */
  account: ProviderAccount | null;
  provider: SmsProvider;
  messagingServiceSid: string | null;
};

/** One create call for a claimed message. Never throws. */
export async function sendMessage(
  deps: Needs,
  message: ClaimedMessage,
  sending: Sending,
): Promise<AttemptEnd> {
  if (!sending.account) return NO_CREDENTIALS;
  logStart(deps, message);
  const request = buildRequest(deps, message, sending.messagingServiceSid);
  try {
    const outcome = await sending.provider.send(sending.account, request);
    logEnd(deps, message, outcome);
    return outcome;
  } catch (error) {
    deps.log.error({ messageId: message.id, error: String(error) }, "[SMS] a provider threw");
    return { kind: "unknown", reason: String(error), httpStatus: null };
  }
}

/** R029. */
const NO_CREDENTIALS: AttemptEnd = {
  kind: "rejected",
  fault: "configuration",
  code: "20003",
  message: "Twilio credentials not configured",
  httpStatus: null,
};

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

/** R411. */
function logStart({ log }: Needs, message: ClaimedMessage) {
  const fields = { channel: message.channel, messageId: message.id, attempt: message.attempt };
  const route = `from ${maskAddress(message.fromAddress)} to ${maskAddress(message.toAddress)}`;
  if (message.isByAgent) log.info(fields, `[INBOX] Sending SMS through Twilio ${route}`);
  else log.info(fields, `[SMS] Sending SMS ${route}`);
}

function logEnd({ log }: Needs, message: ClaimedMessage, outcome: AttemptEnd) {
  const fields = { channel: message.channel, messageId: message.id, attempt: message.attempt };
  switch (outcome.kind) {
    case "accepted":
      return log.info(fields, `[SMS] SMS sent successfully: ${outcome.providerId}`);
    case "rejected":
      return log.warn({ ...fields, code: outcome.code }, "[SMS] The provider refused the message");
    case "retry":
      return log.warn({ ...fields, code: outcome.code }, "[SMS] The provider asks to try later");
    case "unreachable":
      return log.warn({ ...fields, reason: outcome.reason }, "[SMS] Provider not reachable");
    case "unknown":
      return log.warn({ ...fields, reason: outcome.reason }, "[SMS] Send not confirmed");
    case "not_started":
      return;
    default:
      return outcome satisfies never;
  }
}
