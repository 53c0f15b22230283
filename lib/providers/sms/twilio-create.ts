import type twilio from "twilio";
import { isCallable } from "../../domain/callback-address";
import { toWhatsAppAddress } from "../../domain/provider-address";
import type { SendOutcome, SmsRequest } from "../../ports/sms";

type Creating = {
  accountSid: string;
  /** Instead of the vendor's; null: the vendor's. */
  origin: string | null;
  request: SmsRequest;
};

/**
 * One `POST Messages.json` (reference §1). By the SDK's own `request`: its `messages.create` reads three dates
 * that nobody here asks for, at the price of a third of the call.
 *
 * @throws what the SDK's HTTP client throws (`createTwilioHttp`)
 */
export async function createMessage(
  client: twilio.Twilio,
  { accountSid, origin, request }: Creating,
): Promise<SendOutcome> {
  const uri = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const data = parametersOf(request, origin);
  const answer: { body: Created } = await client.request({ method: "post", uri, data });
  return readAccepted(answer.body);
}

/** With a Messaging Service and a sender of its pool both are given: the sender is kept. */
function parametersOf(request: SmsRequest, origin: string | null): Record<string, unknown> {
  const address = request.channel === "whatsapp" ? toWhatsAppAddress : (text: string) => text;
  const { template, mediaUrls, statusCallback } = request;
  return {
    To: address(request.to),
    From: address(request.from),
    MessagingServiceSid: request.messagingServiceSid || undefined,
    ContentSid: template?.contentSid,
    ContentVariables: template ? JSON.stringify(template.variables) : undefined,
    Body: template ? undefined : request.body || undefined,
    MediaUrl: mediaUrls.length > 0 ? mediaUrls : undefined,
    StatusCallback: isCallable(statusCallback, origin) ? statusCallback : undefined,
    ValidityPeriod: request.validitySeconds || undefined,
  };
}

type Created = { sid?: unknown; num_segments?: unknown };

/** A 2xx without an id says nothing that can be relied on. */
function readAccepted({ sid, num_segments }: Created): SendOutcome {
  if (typeof sid !== "string" || sid === "") {
    return { kind: "unknown", reason: "the answer carries no message id", httpStatus: null };
  }
  const segments = Number(num_segments);
  return {
    kind: "accepted",
    providerId: sid,
    segments: Number.isInteger(segments) && segments > 0 ? segments : null,
  };
}
